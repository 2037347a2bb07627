package org.postbag.search.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.postbag.search.Facet;

/**
 * Counts what was found by every facet, and keeps the best of it, in one pass. It applies the filters itself, since each facet is counted under the others'
 * filters only: what fails one filter alone counts for that facet, what fails two for none.
 */
final class FacetedCollector implements Collector {

    private static final Facet[] FACETS = Facet.values();
    /** So many documents are counted by one facet after the other, where nothing is filtered: quicker than by all facets document by document. */
    private static final int COUNTED_TOGETHER = 1_024;

    private final TopFieldCollector top;
    private final Map<Facet, Set<String>> filters;
    private final Map<Facet, Map<String, Long>> counts = new EnumMap<>(Facet.class);
    private long total;

    private FacetedCollector(TopFieldCollector top, Map<Facet, Set<String>> filters) {
        this.top = top;
        this.filters = filters;
    }

    /** What came of it. */
    record Collected(TopFieldDocs top, long total, Map<Facet, Map<String, Long>> facets) {}

    static CollectorManager<FacetedCollector, Collected> manager(
            TopFieldCollectorManager best, Map<Facet, Set<String>> filters) {
        return new CollectorManager<>() {
            @Override
            public FacetedCollector newCollector() {
                return new FacetedCollector(best.newCollector(), filters);
            }

            @Override
            public Collected reduce(Collection<FacetedCollector> collectors) throws IOException {
                var counts = new EnumMap<Facet, Map<String, Long>>(Facet.class);
                long total = 0;
                for (var collector : collectors) {
                    for (var facet : FACETS) {
                        add(
                                collector.counts.getOrDefault(facet, Map.of()),
                                counts.computeIfAbsent(facet, _ -> new HashMap<>()));
                    }
                    total += collector.total;
                }
                var kept = best.reduce(collectors.stream().map(c -> c.top).toList());
                return new Collected(kept, total, counts);
            }
        };
    }

    private static void add(Map<String, Long> counts, Map<String, Long> all) {
        counts.forEach((value, n) -> all.merge(value, n, Long::sum));
    }

    @Override
    public ScoreMode scoreMode() {
        return top.scoreMode();
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
        var values = new Values[FACETS.length];
        var columns = FacetColumn.all(context.reader());
        for (int i = 0; i < FACETS.length; i++) {
            values[i] = new Values(columns.get(i), filters.getOrDefault(FACETS[i], Set.of()));
        }
        return new Leaf(top.getLeafCollector(context), values);
    }

    private final class Leaf implements LeafCollector {
        private final LeafCollector best;
        private final Values[] values;
        private final int[] toCount = new int[COUNTED_TOGETHER];
        private int waiting;

        Leaf(LeafCollector best, Values[] values) {
            this.best = best;
            this.values = values;
        }

        @Override
        public void setScorer(Scorable scorer) throws IOException {
            best.setScorer(scorer);
        }

        @Override
        public void collect(int doc) throws IOException {
            if (!filters.isEmpty()) {
                collectFiltered(doc);
                return;
            }
            toCount[waiting++] = doc;
            if (waiting == COUNTED_TOGETHER) {
                countWaiting();
            }
            total++;
            best.collect(doc);
        }

        private void countWaiting() {
            for (var of : values) {
                of.count(toCount, waiting);
            }
            waiting = 0;
        }

        private void collectFiltered(int doc) throws IOException {
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
                best.collect(doc);
            } else if (failed == 1) {
                values[last].count();
            }
        }

        @Override
        public void finish() throws IOException {
            best.finish();
            countWaiting();
            for (int i = 0; i < values.length; i++) {
                values[i].addTo(counts.computeIfAbsent(FACETS[i], _ -> new HashMap<>()));
            }
        }
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

        void addTo(Map<String, Long> all) {
            for (int i = 0; i < column.size(); i++) {
                if (counts[i] > 0) {
                    all.merge(column.value(i), counts[i], Long::sum);
                }
            }
        }
    }
}
