package org.postbag.contacts.matching;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The pairs that are worth comparing: records that share a piece which few have, or two pieces from different fields which few have together. No group is
 * compared each with each beyond a size, so that a value which half of all records have costs no more than another.
 */
final class Candidates {

    /** So many records may share what makes them candidates of each other. */
    static final int GROUP_MAX = 20;

    /** Common pieces that are tried together, the rarest first. */
    private static final int COMMON_MAX = 10;

    /** A larger group is told apart by a third piece, up to this size. */
    private static final int APART_MAX = 2_000;

    private static final int KEYS_AT_ONCE_MAX = 40_000_000;
    private static final int RECORD_BITS = 23;
    static final int RECORDS_MAX = 1 << RECORD_BITS;
    private static final long RECORD_MASK = RECORDS_MAX - 1;

    private final ContactTable table;
    private final Tokens tokens;
    private final Longs pairs;

    private Candidates(ContactTable table) {
        this.table = table;
        this.tokens = new Tokens(table);
        this.pairs = new Longs(table.size() * 4);
    }

    /** @return pairs, each as two record numbers in one number, the smaller first; in order */
    static long[] of(ContactTable table) {
        var candidates = new Candidates(table);
        long keys = (long) table.size() * (COMMON_MAX * (COMMON_MAX - 1) / 2 + COMMON_MAX);
        int passes = (int) (keys / KEYS_AT_ONCE_MAX + 1);
        for (int pass = 0; pass < passes; pass++) {
            candidates.pass(pass, passes);
        }
        return candidates.pairs.distinct();
    }

    private void pass(int pass, int passes) {
        var keys = new Longs((int) Math.min(KEYS_AT_ONCE_MAX, table.size() * 16L));
        var own = new Own();
        for (int record = 0; record < table.size(); record++) {
            own.read(record);
            own.keys(record, pass, passes, keys);
        }
        keys.sort();
        for (int from = 0; from < keys.size(); ) {
            long hash = keys.get(from) >>> RECORD_BITS;
            int to = from + 1;
            while (to < keys.size() && keys.get(to) >>> RECORD_BITS == hash) {
                to++;
            }
            group(keys, from, to);
            from = to;
        }
    }

    private void group(Longs keys, int from, int to) {
        int size = to - from;
        if (size < 2 || size > APART_MAX) {
            return;
        }
        var records = new int[size];
        for (int i = 0; i < size; i++) {
            records[i] = (int) (keys.get(from + i) & RECORD_MASK);
        }
        if (size <= GROUP_MAX) {
            eachWithEach(records, size);
        } else {
            apart(records);
        }
    }

    private void eachWithEach(int[] records, int size) {
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                if (records[i] != records[j]) {
                    pairs.add((long) Math.min(records[i], records[j]) << 32 | Math.max(records[i], records[j]));
                }
            }
        }
    }

    private void apart(int[] records) {
        Map<Long, int[]> groups = new HashMap<>();
        for (int record : records) {
            for (int column = 0; column < table.fields(); column++) {
                for (long token : tokens.of(record, column)) {
                    if (tokens.count(token) > 1) {
                        groups.merge(token, new int[] {1, record}, Candidates::joined);
                    }
                }
            }
        }
        for (var group : groups.values()) {
            if (group[0] <= GROUP_MAX && group[0] > 1) {
                eachWithEach(Arrays.copyOfRange(group, 1, group[0] + 1), group[0]);
            }
        }
    }

    /** The first number says how many there are; of more than a group may have, only that. */
    private static int[] joined(int[] group, int[] one) {
        if (group[0] >= GROUP_MAX) {
            group[0]++;
            return group;
        }
        var joined = Arrays.copyOf(group, group[0] + 2);
        joined[0]++;
        joined[joined[0]] = one[1];
        return joined;
    }

    /** The pieces of one record, sorted by how common they are. */
    private final class Own {
        private long[] rare = new long[128];
        private int rareCount;
        private long[] common = new long[128];
        private int[] commonColumn = new int[128];
        private int[] commonCount = new int[128];
        private int commons;

        void read(int record) {
            rareCount = 0;
            commons = 0;
            for (int column = 0; column < table.fields(); column++) {
                for (long token : tokens.of(record, column)) {
                    int count = tokens.count(token);
                    if (count > GROUP_MAX) {
                        insert(token, count, column);
                    } else if (count > 1 && rareCount < rare.length) {
                        rare[rareCount++] = token;
                    }
                }
            }
        }

        private void insert(long token, int count, int column) {
            int place = Math.min(commons, COMMON_MAX - 1);
            if (commons == COMMON_MAX && commonCount[place] <= count) {
                return;
            }
            while (place > 0 && commonCount[place - 1] > count) {
                common[place] = common[place - 1];
                commonCount[place] = commonCount[place - 1];
                commonColumn[place] = commonColumn[place - 1];
                place--;
            }
            common[place] = token;
            commonCount[place] = count;
            commonColumn[place] = column;
            commons = Math.min(COMMON_MAX, commons + 1);
        }

        void keys(int record, int pass, int passes, Longs keys) {
            for (int i = 0; i < rareCount; i++) {
                add(rare[i], record, pass, passes, keys);
            }
            for (int i = 0; i < commons; i++) {
                for (int j = i + 1; j < commons; j++) {
                    if (commonColumn[i] != commonColumn[j]) {
                        // The same whichever of the two comes first.
                        add(Tokens.mixed(common[i] + common[j]), record, pass, passes, keys);
                    }
                }
            }
        }

        private void add(long hash, int record, int pass, int passes, Longs keys) {
            if ((hash >>> 1 & 0xffff) % passes == pass) {
                keys.add(hash & ~RECORD_MASK | record);
            }
        }
    }
}
