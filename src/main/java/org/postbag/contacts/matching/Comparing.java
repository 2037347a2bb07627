package org.postbag.contacts.matching;

import java.util.stream.Stream;

/**
 * Compares two records of a table, field by field. A comparison's outcome is packed into a number, three bits a field: 0 where one says nothing, else the
 * level and one; the last field says whether given and family name stand the other way round. Of one thread: each makes its own.
 */
final class Comparing {

    static final int BITS = 3;
    private static final int MASK = (1 << BITS) - 1;
    /** Swapped names are believed where they fit so much better. */
    private static final int SWAP_GAIN_MIN = 3;

    private final ContactTable table;
    private final Column[] columns;
    private final Written[] written;
    private final Written[] otherWritten;
    private final int given;
    private final int family;
    private final Frequencies frequencies;

    /** How common values are is counted in the table. */
    Comparing(ContactTable table) {
        this(table, Frequencies.of(table));
    }

    Comparing(ContactTable table, Frequencies frequencies) {
        this.table = table;
        this.frequencies = frequencies;
        columns = table.columns().toArray(Column[]::new);
        written = Stream.generate(Written::new).limit(columns.length).toArray(Written[]::new);
        otherWritten = Stream.generate(Written::new).limit(columns.length).toArray(Written[]::new);
        given = first(Field.GIVEN_NAME);
        family = first(Field.FAMILY_NAME);
    }

    private int first(Field field) {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].field == field) {
                return i;
            }
        }
        return -1;
    }

    /** How many outcomes there are: the fields, and whether the names are swapped. */
    int count() {
        return columns.length + 1;
    }

    /** {@code -1} where one says nothing. */
    static int level(long pattern, int field) {
        return (int) (pattern >>> field * BITS & MASK) - 1;
    }

    boolean isSwapped(long pattern) {
        return level(pattern, columns.length) == 1;
    }

    long pattern(int one, int other) {
        long pattern = 0;
        for (int i = 0; i < columns.length; i++) {
            pattern |= packed(i, one, other);
        }
        return named(pattern, one, other);
    }

    /** One field's place in a pattern. */
    long packed(int field, int one, int other) {
        return (long) (level(field, one, field, other) + 1) << field * BITS;
    }

    /** A pattern of all other fields, with the names. */
    long withNames(long pattern, int one, int other) {
        return given >= 0 && family >= 0
                ? named(pattern | packed(given, one, other) | packed(family, one, other), one, other)
                : pattern;
    }

    /** The pattern, with the names the other way round where they so fit better. */
    long named(long pattern, int one, int other) {
        return given >= 0 && family >= 0 ? swapped(pattern, one, other) : pattern;
    }

    /** Whether it is known without a look at the texts how a field compares: one says nothing, or both have the same value. */
    boolean isPlain(int field, int one, int other) {
        int value = table.value(one, field);
        int otherValue = table.value(other, field);
        return value == otherValue || value == Column.NOTHING || otherValue == Column.NOTHING;
    }

    boolean saysNothing(int field, int record) {
        return table.value(record, field) == Column.NOTHING;
    }

    boolean isName(int field) {
        return family >= 0 && given >= 0 && (field == given || field == family);
    }

    private int level(int field, int one, int otherField, int other) {
        int value = table.value(one, field);
        int otherValue = table.value(other, otherField);
        if (value == Column.NOTHING || otherValue == Column.NOTHING) {
            return -1;
        }
        if (field == otherField && value == otherValue) {
            return Likeness.EQUAL;
        }
        return levelOfTexts(field, one, otherField, other);
    }

    private int levelOfTexts(int field, int one, int otherField, int other) {
        var kind = columns[field].field.kind();
        long signature = table.signature(one, field);
        long otherSignature = table.signature(other, otherField);
        if (!Signature.mayBeAlike(kind, signature, otherSignature)) {
            return Likeness.NONE;
        }
        var first = written[field];
        var second = otherWritten[otherField];
        first.fill(columns[field], table.value(one, field), signature);
        second.fill(columns[otherField], table.value(other, otherField), otherSignature);
        return field != otherField && first.isSame(second) ? Likeness.EQUAL : Likeness.of(kind, first, second);
    }

    private long swapped(long pattern, int one, int other) {
        long marked = pattern | 1L << columns.length * BITS;
        int straight = Math.max(0, level(pattern, given)) + Math.max(0, level(pattern, family));
        if (straight > Likeness.EQUAL + Likeness.FAINT) {
            return marked;
        }
        int first = level(given, one, family, other);
        int second = level(family, one, given, other);
        boolean better = Math.max(first, second) >= Likeness.NEAR
                && Math.max(0, first) + Math.max(0, second) >= straight + SWAP_GAIN_MIN;
        if (!better) {
            return marked;
        }
        long without = pattern & ~((long) MASK << given * BITS) & ~((long) MASK << family * BITS);
        return without
                | (long) (first + 1) << given * BITS
                | (long) (second + 1) << family * BITS
                | 2L << columns.length * BITS;
    }

    /** Whether they can't be one person: they were born on quite different days. */
    boolean conflict(long pattern) {
        for (int field = 0; field < columns.length; field++) {
            if (columns[field].field == Field.DATE_OF_BIRTH && level(pattern, field) == Likeness.NONE) {
                return true;
            }
        }
        return false;
    }

    /** See {@link Frequencies#of(int, int)}. */
    double frequency(int field, int record) {
        return frequencies.of(field, record);
    }

    Field field(int field) {
        return columns[field].field;
    }

    int fields() {
        return columns.length;
    }
}
