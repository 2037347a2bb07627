package org.postbag.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.jspecify.annotations.Nullable;
import org.postbag.search.After;
import org.postbag.search.Hits;
import org.postbag.search.Query;

/** Asks a searcher. Both orders end in the enquiry's id, so that they are total and a page begins exactly where another ended. */
final class LuceneSearch {

    private static final Sort NEWEST = new Sort(number(Fields.RECEIVED, true), number(Fields.ID, true));
    private static final Sort OLDEST = new Sort(number(Fields.RECEIVED, false), number(Fields.ID, false));
    private static final Sort BEST = new Sort(SortField.FIELD_SCORE, number(Fields.ID, true));

    private LuceneSearch() {}

    /** Names the state that a searcher answers from. Asked only where there is another page that needs it. */
    interface Snapshot {
        long of(IndexSearcher searcher) throws IOException;
    }

    static Hits run(IndexSearcher searcher, Query query, Snapshot snapshot) throws IOException {
        var top = new TopFieldCollectorManager(
                sort(query.order()), query.size() + 1, from(query.after()), Integer.MAX_VALUE);
        var collected =
                searcher.search(LuceneQueries.of(query.clause()), FacetedCollector.manager(top, query.filters()));
        var found = collected.top().scoreDocs;
        int shown = Math.min(found.length, query.size());
        var ids = new ArrayList<Long>(shown);
        for (int i = 0; i < shown; i++) {
            ids.add((Long) ((FieldDoc) found[i]).fields[1]);
        }
        After after = null;
        if (found.length > shown) {
            after = after(
                    query.order(), (FieldDoc) found[shown - 1], byTime(query.order()) ? 0 : snapshot.of(searcher));
        }
        return new Hits(collected.total(), ids, collected.facets(), after);
    }

    private static Sort sort(Query.Order order) {
        return switch (order) {
            case NEWEST -> NEWEST;
            case OLDEST -> OLDEST;
            case BEST -> BEST;
        };
    }

    private static boolean byTime(Query.Order order) {
        return order != Query.Order.BEST;
    }

    private static SortField number(String field, boolean highestFirst) {
        return new SortField(field, SortField.Type.LONG, highestFirst);
    }

    /** The number of the document doesn't matter, since no two have the same id; the highest is past all of them. */
    private static @Nullable FieldDoc from(@Nullable After after) {
        if (after == null) {
            return null;
        }
        Object key = byTime(after.order()) ? (Object) after.key() : Float.intBitsToFloat((int) after.key());
        return new FieldDoc(Integer.MAX_VALUE, Float.NaN, new Object[] {key, after.enquiryId()});
    }

    private static After after(Query.Order order, FieldDoc last, long snapshot) {
        long key = byTime(order) ? (Long) last.fields[0] : Float.floatToRawIntBits((Float) last.fields[0]);
        return new After(order, key, (Long) last.fields[1], snapshot);
    }
}
