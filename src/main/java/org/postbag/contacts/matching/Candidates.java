package org.postbag.contacts.matching;

import java.util.Arrays;

/**
 * The pairs that are worth comparing: records that share a piece which few have, or two pieces from different fields which few have together. No group is
 * compared each with each beyond a size, so that a value which half of all records have costs no more than another. Pairs are not kept, only the groups: each
 * record's are put together when it is compared.
 */
final class Candidates {

    /** So many records may share what makes them candidates of each other. */
    static final int GROUP_MAX = 20;

    static final int RECORD_BITS = 23;
    static final int RECORDS_MAX = 1 << RECORD_BITS;
    /** In a group's last member. */
    private static final int LAST = Integer.MIN_VALUE;

    private static final int COUNTED_MAX = 20_000;

    /** The members of all groups, those of each in order. */
    private final int[] members;
    /** Where in {@link #members} each record stands, of those that aren't their group's last. */
    private final int[] places;
    /** Where in {@link #places} each record's begin. */
    private final int[] starts;
    /** Records from here on are of the other list; 0 for one list. */
    private final int first;

    private Candidates(int[] members, int records, int first) {
        this.members = members;
        this.first = first;
        this.starts = new int[records + 1];
        for (int member : members) {
            if (member >= 0) {
                starts[member + 1]++;
            }
        }
        for (int record = 0; record < records; record++) {
            starts[record + 1] += starts[record];
        }
        this.places = new int[starts[records]];
        var next = Arrays.copyOf(starts, records);
        for (int i = 0; i < members.length; i++) {
            if (members[i] >= 0) {
                places[next[members[i]]++] = i;
            }
        }
    }

    /** @param first where this many records are one list and the rest another, only pairs across the two count; 0 for one list */
    static Candidates of(ContactTable table, int first) {
        return of(table, first, _ -> {});
    }

    /** @param progress is told how large a share is done */
    static Candidates of(ContactTable table, int first, java.util.function.DoubleConsumer progress) {
        var groups = new Groups(table, first);
        return new Candidates(groups.members(progress), table.size(), first);
    }

    /** Those of one record that come after it; filled again and again, of one thread. */
    final class Others {
        private int[] others = new int[256];
        private int size;

        void read(int record) {
            size = 0;
            for (int place = starts[record]; place < starts[record + 1]; place++) {
                int at = places[place];
                do {
                    int member = members[++at] & ~LAST;
                    if (first == 0 || member >= first && record < first) {
                        add(member);
                    }
                } while (members[at] >= 0);
            }
            distinct();
        }

        private void add(int member) {
            if (size == others.length) {
                others = Arrays.copyOf(others, size * 2);
            }
            others[size++] = member;
        }

        private void distinct() {
            Arrays.sort(others, 0, size);
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (i == 0 || others[i] != others[i - 1]) {
                    others[kept++] = others[i];
                }
            }
            size = kept;
        }

        int size() {
            return size;
        }

        int get(int i) {
            return others[i];
        }
    }

    /** How many pairs there are; of many, about as many. */
    long count() {
        int records = starts.length - 1;
        int step = records / COUNTED_MAX + 1;
        var others = new Others();
        long pairs = 0;
        for (int record = 0; record < records; record += step) {
            others.read(record);
            pairs += others.size();
        }
        return pairs * step;
    }

    static int last(int member) {
        return member | LAST;
    }
}
