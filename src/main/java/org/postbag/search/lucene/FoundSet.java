package org.postbag.search.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdStream;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Facet;

/** The documents that a query found in one state of the index, a bit each: what they are is looked at once, then they are counted, and the best is found among them. */
final class FoundSet extends Query {

    private static final int STRETCH = 1_024;

    /** By segment. */
    private final Map<Object, FixedBitSet> found;

    private FoundSet(Map<Object, FixedBitSet> found) {
        this.found = found;
    }

    /** All that a query finds, however well it fits. */
    static FoundSet of(IndexSearcher searcher, Query query) throws IOException {
        return searcher.search(query, new CollectorManager<Finding, FoundSet>() {
            @Override
            public Finding newCollector() {
                return new Finding();
            }

            @Override
            public FoundSet reduce(Collection<Finding> parts) {
                var all = new HashMap<Object, FixedBitSet>();
                parts.forEach(part -> all.putAll(part.found));
                return new FoundSet(all);
            }
        });
    }

    /** Counts them by every facet, and leaves those alone that pass all filters. */
    FacetCounts count(IndexSearcher searcher, Map<Facet, Set<String>> filters) throws IOException {
        var counts = new FacetCounts(filters);
        for (var segment : searcher.getIndexReader().leaves()) {
            var here = found.get(segment.id());
            if (here != null) {
                counts.add(FacetColumn.all(segment.reader()), here);
            }
        }
        return counts;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext segment) {
                var here = found.get(segment.id());
                return here == null
                        ? null
                        : ConstantScoreScorerSupplier.fromIterator(
                                new BitSetIterator(here, here.cardinality()), score(), mode, here.length());
            }

            @Override
            public boolean isCacheable(LeafReaderContext segment) {
                return false;
            }
        };
    }

    @Override
    public String toString(String field) {
        return "found before";
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    private static final class Finding implements Collector {

        private final Map<Object, FixedBitSet> found = new HashMap<>();

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext segment) {
            var here = new FixedBitSet(segment.reader().maxDoc());
            found.put(segment.id(), here);
            return new LeafCollector() {
                private final int[] stretch = new int[STRETCH];

                @Override
                public void setScorer(Scorable scorer) {
                    // How well it fits makes no difference here.
                }

                @Override
                public void collect(int doc) {
                    here.set(doc);
                }

                @Override
                public void collectRange(int from, int to) {
                    here.set(from, to);
                }

                @Override
                public void collect(DocIdStream stream) {
                    for (int n = stream.intoArray(stretch); n > 0; n = stream.intoArray(stretch)) {
                        for (int i = 0; i < n; i++) {
                            here.set(stretch[i]);
                        }
                    }
                }
            };
        }
    }
}
