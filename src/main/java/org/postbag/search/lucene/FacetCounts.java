package org.postbag.search.lucene;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.util.FixedBitSet;
import org.postbag.search.Facet;

/**
 * Counts what was found by every facet, segment by segment. Each facet is counted under the others' filters only: what fails one filter alone counts for that
 * facet, what fails two for none.
 */
final class FacetCounts {

    private static final Facet[] FACETS = Facet.values();
    /** So many documents are counted by one facet after the other: quicker than by all facets document by document. */
    private static final int COUNTED_TOGETHER = 1_024;

    private final Map<Facet, Set<String>> filters;
    private final Map<Facet, Map<String, Long>> counts = new EnumMap<>(Facet.class);
    private final int[] stretch = new int[COUNTED_TOGETHER];
    private long total;

    FacetCounts(Map<Facet, Set<String>> filters) {
        this.filters = filters;
        for (var facet : FACETS) {
            counts.put(facet, new HashMap<>());
        }
    }

    /** How many pass all filters. */
    long total() {
        return total;
    }

    Map<Facet, Map<String, Long>> byFacet() {
        return counts;
    }

    /** @param found the documents of a segment that were found whatever the filters say; those alone are left that pass all of them */
    void add(List<FacetColumn> columns, FixedBitSet found) {
        var values = new Values[FACETS.length];
        for (int i = 0; i < FACETS.length; i++) {
            values[i] = new Values(columns.get(i), filters.getOrDefault(FACETS[i], Set.of()));
        }
        if (filters.isEmpty()) {
            countAll(values, found);
        } else {
            countFiltered(values, found);
        }
        for (int i = 0; i < FACETS.length; i++) {
            values[i].addTo(counts.computeIfAbsent(FACETS[i], _ -> new HashMap<>()));
        }
    }

    /** Where most were found, those that were not are taken from what the segment holds in all. */
    private void countAll(Values[] values, FixedBitSet found) {
        int number = found.cardinality();
        boolean most = number > found.length() / 2;
        if (most) {
            found.flip(0, found.length());
        }
        int n = 0;
        for (int doc = next(found, 0); doc < found.length(); doc = next(found, doc + 1)) {
            stretch[n++] = doc;
            if (n == stretch.length) {
                count(values, n);
                n = 0;
            }
        }
        count(values, n);
        if (most) {
            found.flip(0, found.length());
            for (var of : values) {
                of.takeFromAll();
            }
        }
        total += number;
    }

    private void count(Values[] values, int n) {
        for (var of : values) {
            of.count(stretch, n);
        }
    }

    private void countFiltered(Values[] values, FixedBitSet found) {
        for (int doc = next(found, 0); doc < found.length(); doc = next(found, doc + 1)) {
            int failed = 0;
            int last = 0;
            for (int i = 0; i < values.length; i++) {
                if (!values[i].take(doc)) {
                    failed++;
                    last = i;
                }
            }
            if (failed == 0) {
                for (var of : values) {
                    of.count();
                }
                total++;
                continue;
            }
            found.clear(doc);
            if (failed == 1) {
                values[last].count();
            }
        }
    }

    private static int next(FixedBitSet found, int from) {
        return from < found.length() ? Math.min(found.nextSetBit(from), found.length()) : found.length();
    }

    /** The values of one facet in one segment, by their number there; the last place is that of documents without one. */
    private static final class Values {

        private final FacetColumn column;
        private final boolean[] wanted;
        private final long[] counts;
        private int current;

        Values(FacetColumn column, Set<String> filter) {
            this.column = column;
            this.wanted = new boolean[column.size() + 1];
            this.counts = new long[column.size() + 1];
            for (int i = 0; i < column.size(); i++) {
                wanted[i] = filter.isEmpty() || filter.contains(column.value(i));
            }
            wanted[column.size()] = filter.isEmpty();
        }

        boolean take(int doc) {
            current = column.of(doc);
            return wanted[current];
        }

        void count() {
            counts[current]++;
        }

        void count(int[] docs, int length) {
            column.count(docs, length, counts);
        }

        void takeFromAll() {
            for (int i = 0; i < counts.length; i++) {
                counts[i] = column.all(i) - counts[i];
            }
        }

        void addTo(Map<String, Long> all) {
            for (int i = 0; i < column.size(); i++) {
                if (counts[i] > 0) {
                    all.merge(column.value(i), counts[i], Long::sum);
                }
            }
        }
    }
}
