package org.postbag.search.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;

/**
 * Counts what was found by channel and category, and keeps the best of it, in one pass. It applies the filters on these two fields itself, since each
 * field is counted under the other's filter only.
 */
final class FacetedCollector implements Collector {

    private final TopFieldCollector top;
    private final Set<String> channels;
    private final Set<String> categories;
    private final Map<String, Long> channelCounts = new HashMap<>();
    private final Map<String, Long> categoryCounts = new HashMap<>();
    private long total;

    private FacetedCollector(TopFieldCollector top, Set<String> channels, Set<String> categories) {
        this.top = top;
        this.channels = channels;
        this.categories = categories;
    }

    /** What came of it. */
    record Collected(TopFieldDocs top, long total, Map<String, Long> channels, Map<String, Long> categories) {}

    static CollectorManager<FacetedCollector, Collected> manager(
            TopFieldCollectorManager best, Set<String> channels, Set<String> categories) {
        return new CollectorManager<>() {
            @Override
            public FacetedCollector newCollector() {
                return new FacetedCollector(best.newCollector(), channels, categories);
            }

            @Override
            public Collected reduce(Collection<FacetedCollector> collectors) throws IOException {
                var channelCounts = new HashMap<String, Long>();
                var categoryCounts = new HashMap<String, Long>();
                long total = 0;
                for (var collector : collectors) {
                    collector.channelCounts.forEach((value, n) -> channelCounts.merge(value, n, Long::sum));
                    collector.categoryCounts.forEach((value, n) -> categoryCounts.merge(value, n, Long::sum));
                    total += collector.total;
                }
                var kept = best.reduce(collectors.stream().map(c -> c.top).toList());
                return new Collected(kept, total, channelCounts, categoryCounts);
            }
        };
    }

    @Override
    public ScoreMode scoreMode() {
        return top.scoreMode();
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
        var best = top.getLeafCollector(context);
        var channel = new Values(DocValues.getSorted(context.reader(), Fields.CHANNEL), channels);
        var category = new Values(DocValues.getSorted(context.reader(), Fields.CATEGORY), categories);
        return new LeafCollector() {
            @Override
            public void setScorer(Scorable scorer) throws IOException {
                best.setScorer(scorer);
            }

            @Override
            public void collect(int doc) throws IOException {
                boolean ofChannel = channel.take(doc);
                boolean ofCategory = category.take(doc);
                if (ofCategory) {
                    channel.count();
                }
                if (ofChannel) {
                    category.count();
                }
                if (ofChannel && ofCategory) {
                    total++;
                    best.collect(doc);
                }
            }

            @Override
            public void finish() throws IOException {
                best.finish();
                channel.addTo(channelCounts);
                category.addTo(categoryCounts);
            }
        };
    }

    /** The values of one field in one segment, by their number there. */
    private static final class Values {

        private final SortedDocValues values;
        private final boolean[] wanted;
        private final long[] counts;
        private int current;

        Values(SortedDocValues values, Set<String> filter) throws IOException {
            this.values = values;
            this.wanted = new boolean[values.getValueCount()];
            this.counts = new long[values.getValueCount()];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] =
                        filter.isEmpty() || filter.contains(values.lookupOrd(i).utf8ToString());
            }
        }

        boolean take(int doc) throws IOException {
            current = values.advanceExact(doc) ? values.ordValue() : -1;
            return current >= 0 && wanted[current];
        }

        void count() {
            if (current >= 0) {
                counts[current]++;
            }
        }

        void addTo(Map<String, Long> all) throws IOException {
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    all.merge(values.lookupOrd(i).utf8ToString(), counts[i], Long::sum);
                }
            }
        }
    }
}
