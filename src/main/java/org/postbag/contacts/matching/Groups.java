package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/** Finds the groups of records that share something few have: each record under the numbers of what it has, sorted, in parts that fit into the memory. */
final class Groups {

    /** Common pieces that are tried together, the rarest first. */
    private static final int COMMON_MAX = 10;

    private static final int RARE_MAX = 128;
    /** A larger group is told apart by a third piece, up to this size. */
    private static final int APART_MAX = 2_000;

    private static final int APART_BITS = 11;
    /** Of two lists, so many pairs across make a group. */
    private static final int ACROSS_MAX = Candidates.GROUP_MAX * (Candidates.GROUP_MAX - 1) / 2;

    private static final long KEYS_AT_ONCE_MAX = 48_000_000;
    private static final int CHUNKS = 16;
    private static final int KEYS_EXPECTED_MAX = 40_000;
    private static final int BUCKET_BITS = 6;
    private static final int BUCKETS = 1 << BUCKET_BITS;
    private static final long RECORD_MASK = Candidates.RECORDS_MAX - 1;

    private final ContactTable table;
    private final int first;
    private final Tokens tokens;

    Groups(ContactTable table, int first) {
        this.table = table;
        this.first = first;
        this.tokens = new Tokens(table);
    }

    /** @return the members of all groups, one group after another, in each the last one marked */
    int[] members(DoubleConsumer progress) {
        long keys = (long) table.size() * (COMMON_MAX * (COMMON_MAX - 1) / 2 + COMMON_MAX);
        int passes = (int) (keys / KEYS_AT_ONCE_MAX + 1);
        var parts = new ArrayList<Ints>();
        for (int pass = 0; pass < passes; pass++) {
            parts.addAll(pass(pass, passes));
            progress.accept((pass + 1.0) / passes);
        }
        int size = parts.stream().mapToInt(Ints::size).reduce(0, Math::addExact);
        var members = new int[size];
        int at = 0;
        for (var part : parts) {
            part.copy(members, at);
            at += part.size();
        }
        return members;
    }

    private List<Ints> pass(int pass, int passes) {
        int chunk = (table.size() + CHUNKS - 1) / CHUNKS;
        var keys = IntStream.range(0, CHUNKS)
                .parallel()
                .mapToObj(i -> {
                    var own = new Own(pass, passes);
                    for (int record = i * chunk; record < Math.min(table.size(), (i + 1) * chunk); record++) {
                        own.read(record);
                        own.keys(record);
                    }
                    return own.keys;
                })
                .toList();
        return IntStream.range(0, BUCKETS)
                .parallel()
                .mapToObj(bucket -> new Grouping().of(together(keys, bucket)))
                .toList();
    }

    private static Longs together(List<Longs[]> keys, int bucket) {
        int size = keys.stream().mapToInt(chunk -> chunk[bucket].size()).sum();
        var all = new Longs(size);
        for (var chunk : keys) {
            all.addAll(chunk[bucket]);
            chunk[bucket] = new Longs(0);
        }
        return all;
    }

    /** Puts those under one number together; of one thread. */
    private final class Grouping {
        private final Ints members = new Ints(1024);
        private final Tokens.Reading reading = tokens.new Reading();

        Ints of(Longs all) {
            var keys = severalTimes(all);
            keys.sortOnce();
            for (int from = 0; from < keys.size(); ) {
                long hash = keys.get(from) & ~RECORD_MASK;
                int to = from + 1;
                while (to < keys.size() && (keys.get(to) & ~RECORD_MASK) == hash) {
                    to++;
                }
                group(keys, from, to);
                from = to;
            }
            return members;
        }

        /** Without most of those that only one record has: what falls into a place of its own can't be had by two. */
        private static Longs severalTimes(Longs all) {
            int bits = Math.max(6, 36 - Integer.numberOfLeadingZeros(Math.max(1, all.size())));
            var once = new long[1 << bits - 6];
            var twice = new long[1 << bits - 6];
            for (int i = 0; i < all.size(); i++) {
                int place = place(all.get(i), bits);
                long bit = 1L << place;
                twice[place >>> 6] |= once[place >>> 6] & bit;
                once[place >>> 6] |= bit;
            }
            var several = new Longs(all.size() / 3);
            for (int i = 0; i < all.size(); i++) {
                int place = place(all.get(i), bits);
                if ((twice[place >>> 6] >>> place & 1) != 0) {
                    several.add(all.get(i));
                }
            }
            return several;
        }

        private static int place(long key, int bits) {
            return (int) (key << BUCKET_BITS >>> Long.SIZE - bits);
        }

        private void group(Longs keys, int from, int to) {
            int size = to - from;
            if (size < 2) {
                return;
            }
            if (isSmall(keys, from, to)) {
                for (int i = from; i < to; i++) {
                    int record = (int) (keys.get(i) & RECORD_MASK);
                    members.add(i == to - 1 ? Candidates.last(record) : record);
                }
            } else if (size <= APART_MAX) {
                apart(keys, from, to);
            }
        }

        private boolean isSmall(Longs keys, int from, int to) {
            if (first == 0 || to - from <= Candidates.GROUP_MAX) {
                return to - from <= Candidates.GROUP_MAX;
            }
            long ofFirst = 0;
            for (int i = from; i < to && ofFirst <= ACROSS_MAX; i++) {
                ofFirst += (keys.get(i) & RECORD_MASK) < first ? 1 : 0;
            }
            return ofFirst * (to - from - ofFirst) <= ACROSS_MAX;
        }

        private void apart(Longs keys, int from, int to) {
            var third = new Longs((to - from) * 16);
            for (int i = from; i < to; i++) {
                int record = (int) (keys.get(i) & RECORD_MASK);
                for (int column = 0; column < table.fields(); column++) {
                    reading.read(record, column);
                    for (int j = 0; j < reading.size; j++) {
                        if (tokens.count(reading.tokens[j]) > 1) {
                            third.add(reading.tokens[j] << APART_BITS | i - from);
                        }
                    }
                }
            }
            third.sortOnce();
            for (int at = 0; at < third.size(); ) {
                int end = at + 1;
                while (end < third.size() && third.get(end) >>> APART_BITS == third.get(at) >>> APART_BITS) {
                    end++;
                }
                if (end - at >= 2 && end - at <= Candidates.GROUP_MAX) {
                    for (int i = at; i < end; i++) {
                        int record =
                                (int) (keys.get(from + (int) (third.get(i) & (1 << APART_BITS) - 1)) & RECORD_MASK);
                        members.add(i == end - 1 ? Candidates.last(record) : record);
                    }
                }
                at = end;
            }
        }
    }

    /** What one record after another is found by; of one thread. */
    private final class Own {
        private final int pass;
        private final int passes;
        private final Tokens.Reading reading = tokens.new Reading();
        private final int[] counts = new int[reading.tokens.length];
        private final long[] rare = new long[RARE_MAX];
        private int rareCount;
        private final long[] common = new long[COMMON_MAX];
        private final int[] commonColumn = new int[COMMON_MAX];
        private final int[] commonCount = new int[COMMON_MAX];
        private int commons;
        private final Longs[] keys = new Longs[BUCKETS];

        Own(int pass, int passes) {
            this.pass = pass;
            this.passes = passes;
            Arrays.setAll(keys, _ -> new Longs(Math.min(KEYS_EXPECTED_MAX, table.size() / 32)));
        }

        void read(int record) {
            rareCount = 0;
            commons = 0;
            for (int column = 0; column < table.fields(); column++) {
                reading.read(record, column);
                // All are looked up before any is used, so that the memory of one is fetched together with that of the
                // others.
                for (int i = 0; i < reading.size; i++) {
                    counts[i] = tokens.count(reading.tokens[i]);
                }
                for (int i = 0; i < reading.size; i++) {
                    if (counts[i] > Candidates.GROUP_MAX) {
                        insert(reading.tokens[i], counts[i], column);
                    } else if (counts[i] > 1 && rareCount < rare.length) {
                        rare[rareCount++] = reading.tokens[i];
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

        void keys(int record) {
            for (int i = 0; i < rareCount; i++) {
                add(rare[i], record);
            }
            for (int i = 0; i < commons; i++) {
                for (int j = i + 1; j < commons; j++) {
                    if (commonColumn[i] != commonColumn[j]) {
                        // The same whichever of the two comes first.
                        add(Tokens.mixed(common[i] + common[j]), record);
                    }
                }
            }
        }

        private void add(long hash, int record) {
            if (passes == 1 || (hash >>> Candidates.RECORD_BITS & 0xffff) % passes == pass) {
                keys[(int) (hash >>> Long.SIZE - BUCKET_BITS)].add(hash & ~RECORD_MASK | record);
            }
        }
    }
}
