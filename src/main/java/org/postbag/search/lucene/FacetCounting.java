package org.postbag.search.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdStream;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.postbag.search.Facet;

/**
 * Counts what is found by every facet, without looking at how well it fits. It applies the filters itself, since each facet is counted under the others'
 * filters only: what fails one filter alone counts for that facet, what fails two for none.
 */
final class FacetCounting implements Collector {

    private static final Facet[] FACETS = Facet.values();
    /** So many documents are counted by one facet after the other, where nothing is filtered: quicker than by all facets document by document. */
    private static final int COUNTED_TOGETHER = 1_024;

    private final Map<Facet, Set<String>> filters;
    private final Map<Facet, Map<String, Long>> counts = new EnumMap<>(Facet.class);
    private long total;

    private FacetCounting(Map<Facet, Set<String>> filters) {
        this.filters = filters;
    }

    /** What came of it. */
    record Counted(long total, Map<Facet, Map<String, Long>> facets) {}

    static CollectorManager<FacetCounting, Counted> under(Map<Facet, Set<String>> filters) {
        return new CollectorManager<>() {
            @Override
            public FacetCounting newCollector() {
                return new FacetCounting(filters);
            }

            @Override
            public Counted reduce(Collection<FacetCounting> parts) {
                var counts = new EnumMap<Facet, Map<String, Long>>(Facet.class);
                for (var facet : FACETS) {
                    var all = counts.computeIfAbsent(facet, _ -> new HashMap<>());
                    parts.forEach(part -> part.counts
                            .getOrDefault(facet, Map.of())
                            .forEach((value, n) -> all.merge(value, n, Long::sum)));
                }
                return new Counted(parts.stream().mapToLong(part -> part.total).sum(), counts);
            }
        };
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
        var columns = FacetColumn.all(context.reader());
        return filters.isEmpty() ? new All(columns) : new Filtered(columns);
    }

    private abstract class Leaf implements LeafCollector {
        final Values[] values = new Values[FACETS.length];

        Leaf(List<FacetColumn> columns) {
            for (int i = 0; i < FACETS.length; i++) {
                values[i] = new Values(columns.get(i), filters.getOrDefault(FACETS[i], Set.of()));
            }
        }

        @Override
        public void setScorer(Scorable scorer) {
            // How well it fits makes no difference here.
        }

        @Override
        public void finish() {
            for (int i = 0; i < values.length; i++) {
                values[i].addTo(counts.computeIfAbsent(FACETS[i], _ -> new HashMap<>()));
            }
        }
    }

    private final class All extends Leaf {
        private final int[] stretch = new int[COUNTED_TOGETHER];
        private final int[] single = new int[COUNTED_TOGETHER];
        private int singles;

        All(List<FacetColumn> columns) {
            super(columns);
        }

        @Override
        public void collect(int doc) {
            single[singles++] = doc;
            if (singles == single.length) {
                countSingles();
            }
        }

        @Override
        public void collect(DocIdStream stream) {
            for (int n = stream.intoArray(stretch); n > 0; n = stream.intoArray(stretch)) {
                count(stretch, n);
            }
        }

        private void countSingles() {
            count(single, singles);
            singles = 0;
        }

        private void count(int[] docs, int length) {
            for (var of : values) {
                of.count(docs, length);
            }
            total += length;
        }

        @Override
        public void finish() {
            countSingles();
            super.finish();
        }
    }

    private final class Filtered extends Leaf {

        Filtered(List<FacetColumn> columns) {
            super(columns);
        }

        @Override
        public void collect(int doc) {
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
            } else if (failed == 1) {
                values[last].count();
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
