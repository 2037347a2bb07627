package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows that are like another one in every field, where there are so many of them that each with each would be too many pairs: one stands for all.
 *
 * @param record the first of them
 * @param more the rows of the others
 */
record Copies(int record, int[] more) {

    /** So many rows alike are compared as any others are. */
    static final int ALIKE_MAX = Candidates.GROUP_MAX;

    private static final long ROW_MASK = Candidates.RECORDS_MAX - 1;

    /** @param table whose rows are all there yet */
    static List<Copies> of(ContactTable table) {
        var keys = new long[table.size()];
        for (int row = 0; row < keys.length; row++) {
            keys[row] = hash(table, row) & ~ROW_MASK | row;
        }
        Arrays.parallelSort(keys);
        var copies = new ArrayList<Copies>();
        for (int from = 0; from < keys.length; ) {
            int to = from + 1;
            while (to < keys.length && (keys[to] & ~ROW_MASK) == (keys[from] & ~ROW_MASK)) {
                to++;
            }
            if (to - from > ALIKE_MAX) {
                add(
                        table,
                        Arrays.stream(keys, from, to)
                                .mapToInt(key -> (int) (key & ROW_MASK))
                                .toArray(),
                        copies);
            }
            from = to;
        }
        return copies;
    }

    private static void add(ContactTable table, int[] rows, List<Copies> copies) {
        int first = rows[0];
        int[] alike = Arrays.stream(rows, 1, rows.length)
                .filter(row -> isAlike(table, first, row))
                .toArray();
        boolean saysNothing = true;
        for (int column = 0; column < table.fields(); column++) {
            saysNothing &= table.value(first, column) == Column.NOTHING;
        }
        if (alike.length >= ALIKE_MAX && !saysNothing) {
            copies.add(new Copies(first, alike));
        }
    }

    private static boolean isAlike(ContactTable table, int one, int other) {
        if (one < table.first() != other < table.first()) {
            return false;
        }
        for (int column = 0; column < table.fields(); column++) {
            if (table.value(one, column) != table.value(other, column)) {
                return false;
            }
        }
        return true;
    }

    private static long hash(ContactTable table, int row) {
        long hash = row < table.first() ? 1 : 2;
        for (int column = 0; column < table.fields(); column++) {
            hash = Tokens.mixed(hash * 31 + table.value(row, column));
        }
        return hash;
    }
}
