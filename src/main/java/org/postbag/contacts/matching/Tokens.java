package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.List;

/**
 * What each record may be found by: pieces of its values that a slip of the pen leaves whole, as numbers. The pieces of given and family names are the same,
 * so that swapped names are found.
 */
final class Tokens {

    /** How many records have a piece is counted by the first bits of its number: two pieces may be counted as one, so that it is never too few. */
    private static final int COUNTED_BITS_MAX = 26;

    private final List<Column> columns;
    private final List<long[][]> byColumn = new ArrayList<>();
    private final int[] counts;
    private final int shift;

    Tokens(ContactTable table) {
        columns = table.columns();
        int bits = Math.min(COUNTED_BITS_MAX, 40 - Integer.numberOfLeadingZeros(Math.max(1, table.size())));
        counts = new int[1 << bits];
        shift = Long.SIZE - bits;
        for (int i = 0; i < columns.size(); i++) {
            byColumn.add(read(columns.get(i), i));
        }
    }

    private long[][] read(Column column, int place) {
        var tokens = new long[column.distinct()][];
        for (int value = 0; value < tokens.length; value++) {
            tokens[value] = of(column.field, place, column.text(value));
            for (long token : tokens[value]) {
                counts[(int) (token >>> shift)] += column.count(value);
            }
        }
        return tokens;
    }

    int count(long token) {
        return counts[(int) (token >>> shift)];
    }

    /** Of one value of a record; none where it says nothing. */
    long[] of(int record, int column) {
        int value = columns.get(column).value(record);
        return value == Column.NOTHING ? new long[0] : byColumn.get(column)[value];
    }

    private static long[] of(Field field, int place, String value) {
        var pieces = new ArrayList<String>();
        int length = value.length();
        switch (field.kind()) {
            case NAME -> {
                pieces.add("s" + Texts.sound(value));
                pieces.add("l" + Texts.sortedLetters(value));
                if (length >= 3) {
                    pieces.add("b" + value.substring(0, 3));
                    pieces.add("e" + value.substring(length - 3));
                }
            }
            case PLACE -> {
                pieces.add("l" + Texts.sortedLetters(value));
                if (!Character.isDigit(value.charAt(0))) {
                    pieces.add("s" + Texts.sound(value));
                    pieces.add("b" + value.substring(0, Math.min(4, length)));
                }
            }
            case DATE -> {
                pieces.add("d" + value);
                if (length == 8) {
                    pieces.add("m" + value.substring(0, 6));
                    pieces.add("y" + value.substring(0, 4));
                    pieces.add("n" + value.substring(4));
                }
            }
            case EMAIL -> {
                int at = value.indexOf('@');
                pieces.add("l" + Texts.sortedLetters(value));
                if (at > 0) {
                    pieces.add("p" + value.substring(0, at));
                    pieces.add("h" + value.substring(at));
                }
                pieces.add("b" + value.substring(0, Math.min(4, length)));
                pieces.add("e" + value.substring(Math.max(0, length - 6)));
            }
            case NUMBER -> {
                pieces.add("w" + value);
                if (length >= 6) {
                    pieces.add("b" + value.substring(0, length / 2));
                    pieces.add("e" + value.substring(length / 2));
                }
            }
            case WORDS -> {
                for (var word : value.split(" ", -1)) {
                    if (word.length() > 1) {
                        pieces.add("w" + word);
                    }
                }
                var plain = value.replace(" ", "");
                pieces.add("b" + plain.substring(0, Math.min(5, plain.length())));
                pieces.add("e" + plain.substring(Math.max(0, plain.length() - 6)));
            }
        }
        int kind = field.kind() == Field.Kind.NAME ? -1 : place;
        return pieces.stream().mapToLong(piece -> hash(kind, piece)).distinct().toArray();
    }

    private static long hash(int kind, String piece) {
        long hash = 0xcbf29ce484222325L ^ kind * 0x9e3779b97f4a7c15L;
        for (int i = 0; i < piece.length(); i++) {
            hash = (hash ^ piece.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    static long hash(String piece) {
        return hash(0, piece);
    }

    static long mixed(long number) {
        long mixed = (number ^ number >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
