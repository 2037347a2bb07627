package org.postbag.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.postbag.search.After;
import org.postbag.search.Hits;
import org.postbag.search.Query;

/** Asks a searcher. Every order ends in the enquiry's id, so that it is total and a page begins exactly where another ended. */
final class LuceneSearch {

    private static final Sort NEWEST = new Sort(number(Fields.RECEIVED, true), number(Fields.ID, true));
    private static final Sort OLDEST = new Sort(number(Fields.RECEIVED, false), number(Fields.ID, false));
    private static final Sort SUBJECT = byText(Query.Order.SUBJECT);
    private static final Sort CONTACT = byText(Query.Order.CONTACT);
    private static final Sort BEST = new Sort(SortField.FIELD_SCORE, number(Fields.ID, true));

    /** Where less than one in so many was found, the best is looked for among these; else it is as quick to look at all that could be. */
    private static final int FEW_OF = 8;

    private LuceneSearch() {}

    /** Names the state that a searcher answers from. Asked only where there is another page that needs it. */
    interface Snapshot {
        long of(IndexSearcher searcher) throws IOException;
    }

    /** Counting looks at all that is found but not at how well it fits; what is best is then found without looking at what can't be. */
    static Hits run(IndexSearcher searcher, Query query, Snapshot snapshot) throws IOException {
        var sought = searcher.rewrite(LuceneQueries.of(query.clause()));
        var all = FoundSet.of(searcher, LuceneQueries.withoutScores(sought));
        var counts = all.count(searcher, query.filters());
        boolean few = counts.total() < searcher.getIndexReader().maxDoc() / FEW_OF;
        var found =
                best(searcher, few || !query.filters().isEmpty() ? LuceneQueries.among(all, sought) : sought, query);
        int shown = Math.min(found.length, query.size());
        var ids = new ArrayList<Long>(shown);
        for (int i = 0; i < shown; i++) {
            ids.add((Long) last((FieldDoc) found[i]));
        }
        After after = null;
        if (found.length > shown) {
            long state = query.order().isByTime() ? 0 : snapshot.of(searcher);
            after = after(query.order(), (FieldDoc) found[shown - 1], state);
        }
        return new Hits(counts.total(), ids, counts.byFacet(), after);
    }

    /** One more than a page, which tells whether there is another. */
    private static ScoreDoc[] best(IndexSearcher searcher, org.apache.lucene.search.Query sought, Query query)
            throws IOException {
        int size = query.size() + 1;
        var best = new TopFieldCollectorManager(sort(query.order()), size, from(searcher, query.after()), size);
        return searcher.search(sought, best).scoreDocs;
    }

    private static Sort sort(Query.Order order) {
        return switch (order) {
            case NEWEST -> NEWEST;
            case OLDEST -> OLDEST;
            case SUBJECT -> SUBJECT;
            case CONTACT -> CONTACT;
            case BEST -> BEST;
        };
    }

    private static Sort byText(Query.Order order) {
        return new Sort(
                new SortField(order.field(), SortField.Type.STRING),
                number(Fields.RECEIVED, true),
                number(Fields.ID, true));
    }

    private static SortField number(String field, boolean highestFirst) {
        return new SortField(field, SortField.Type.LONG, highestFirst);
    }

    /**
     * The number of the document doesn't matter, since no two have the same id; the highest is past all of them. Where the enquiry whose text is needed is
     * gone, and the state that had it too, the first page comes again.
     */
    private static @Nullable FieldDoc from(IndexSearcher searcher, @Nullable After after) throws IOException {
        if (after == null) {
            return null;
        }
        if (after.order().isByText()) {
            var text = text(searcher, after.order().field(), after.enquiryId());
            return text == null ? null : mark(text, after.key(), after.enquiryId());
        }
        Object key = after.order().isByTime() ? (Object) after.key() : Float.intBitsToFloat((int) after.key());
        return mark(key, after.enquiryId());
    }

    private static FieldDoc mark(Object... fields) {
        return new FieldDoc(Integer.MAX_VALUE, Float.NaN, fields);
    }

    private static @Nullable BytesRef text(IndexSearcher searcher, String field, long enquiryId) throws IOException {
        var found = searcher.search(new TermQuery(LuceneGeneration.id(enquiryId)), 1).scoreDocs;
        if (found.length == 0) {
            return null;
        }
        var leaves = searcher.getIndexReader().leaves();
        var leaf = leaves.get(ReaderUtil.subIndex(found[0].doc, leaves));
        var values = DocValues.getSorted(leaf.reader(), field);
        return values.advanceExact(found[0].doc - leaf.docBase) ? values.lookupOrd(values.ordValue()) : null;
    }

    private static After after(Query.Order order, FieldDoc hit, long snapshot) {
        long key = switch (order) {
            case NEWEST, OLDEST -> (Long) hit.fields[0];
            case SUBJECT, CONTACT -> (Long) hit.fields[1];
            case BEST -> Float.floatToRawIntBits((Float) hit.fields[0]);
        };
        return new After(order, key, (Long) last(hit), snapshot);
    }

    /** The id, in which every order ends. */
    private static Object last(FieldDoc hit) {
        return hit.fields[hit.fields.length - 1];
    }
}
