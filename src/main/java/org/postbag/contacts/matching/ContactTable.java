package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Records to be compared, field by field. Filled by {@link #add}, then {@link #close closed}. */
public final class ContactTable {

    /** As many comparisons fit into one number: see Comparing. */
    public static final int FIELDS_MAX = 18;

    private final List<Column> columns = new ArrayList<>();
    private static final int CHUNK = 1 << 12;

    /** The numbers of all values of the first record, then of the next. */
    private int[] values;

    /** In the same order as {@link #values}, so that a record's are near each other in memory. */
    private long[] signatures = new long[0];

    private int size;
    private int first;
    /** The row that each record was, in order; empty where none was left out. */
    private int[] rows = new int[0];

    private List<Copies> copies = List.of();

    /** @param fields at most {@link #FIELDS_MAX}; a field may stand there several times */
    public ContactTable(List<Field> fields) {
        if (fields.isEmpty() || fields.size() > FIELDS_MAX) {
            throw new IllegalArgumentException("From 1 to " + FIELDS_MAX + " fields");
        }
        fields.forEach(field -> columns.add(new Column(field)));
        values = new int[64 * fields.size()];
    }

    /** @param written one value for each field, as written; empty for none */
    public void add(List<String> written) {
        int at = size * columns.size();
        if (at == values.length) {
            values = Arrays.copyOf(
                    values,
                    Math.toIntExact(Math.min(
                            (long) Matching.RECORDS_MAX * columns.size(),
                            values.length * 3L / 2 / columns.size() * columns.size())));
        }
        for (int i = 0; i < columns.size(); i++) {
            values[at + i] = columns.get(i).number(written.get(i));
        }
        size++;
    }

    /** What is added from here on is of another list, to be matched with the first one only. */
    public void another() {
        first = size;
    }

    /** Nothing is added after this. */
    public void close() {
        columns.forEach(Column::close);
        var copies = Copies.of(this);
        if (!copies.isEmpty()) {
            leaveOut(copies);
        }
        for (int i = 0; i < size * columns.size(); i++) {
            columns.get(i % columns.size()).count(values[i]);
        }
        signatures = new long[size * columns.size()];
        IntStream.range(0, (size + CHUNK - 1) / CHUNK).parallel().forEach(this::sign);
    }

    private void leaveOut(List<Copies> copies) {
        var left = new BitSet(size);
        copies.forEach(of -> Arrays.stream(of.more()).forEach(left::set));
        rows = new int[size - left.cardinality()];
        int kept = 0;
        int keptOfFirst = 0;
        for (int row = 0; row < size; row++) {
            if (!left.get(row)) {
                System.arraycopy(values, row * columns.size(), values, kept * columns.size(), columns.size());
                keptOfFirst += row < first ? 1 : 0;
                rows[kept++] = row;
            }
        }
        this.copies = copies.stream()
                .map(of -> new Copies(Arrays.binarySearch(rows, of.record()), of.more()))
                .toList();
        size = kept;
        first = keptOfFirst;
    }

    private void sign(int chunk) {
        var written = new Written();
        for (int record = chunk * CHUNK; record < Math.min(size, (chunk + 1) * CHUNK); record++) {
            for (int i = 0; i < columns.size(); i++) {
                int value = value(record, i);
                if (value != Column.NOTHING) {
                    var kind = columns.get(i).field.kind();
                    written.refill(kind, columns.get(i).texts, value);
                    signatures[record * columns.size() + i] = Signature.of(kind, written);
                }
            }
        }
    }

    /** How many records there are; of rows that stand there many times, one. */
    public int size() {
        return size;
    }

    /** Records from here on are of the other list; 0 where there is one list. */
    int first() {
        return first;
    }

    /** Which row of all that were added a record was, from 0. */
    int row(int record) {
        return rows.length == 0 ? record : rows[record];
    }

    List<Copies> copies() {
        return copies;
    }

    /** The number of a record's value; {@link Column#NOTHING} for none. */
    int value(int record, int column) {
        return values[record * columns.size() + column];
    }

    /** Of a record's value, if it has one: see {@link Signature}. */
    long signature(int record, int column) {
        return signatures[record * columns.size() + column];
    }

    List<Field> whichFields() {
        return columns.stream().map(column -> column.field).toList();
    }

    List<Column> columns() {
        return columns;
    }

    int fields() {
        return columns.size();
    }
}
