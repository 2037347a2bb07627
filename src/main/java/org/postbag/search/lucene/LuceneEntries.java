package org.postbag.search.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.jspecify.annotations.Nullable;
import org.postbag.search.SearchIndex.Entry;

/** Looks up what is kept of documents in one state of the index. */
final class LuceneEntries implements Closeable {

    private static final Sort BY_ID = new Sort(new SortField(Fields.ID, SortField.Type.LONG));

    private final SearcherManager manager;
    private final IndexSearcher searcher;

    LuceneEntries(SearcherManager manager) throws IOException {
        this.manager = manager;
        this.searcher = manager.acquire();
    }

    long count() {
        return searcher.getIndexReader().numDocs();
    }

    /** The version of a document; -1 where there is none. */
    long version(long enquiryId) throws IOException {
        var entry = of(enquiryId);
        return entry == null ? -1 : entry.version();
    }

    @Nullable
    Entry of(long enquiryId) throws IOException {
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            var postings = leaf.reader().postings(LuceneGeneration.id(enquiryId), PostingsEnum.NONE);
            if (postings == null) {
                continue;
            }
            var live = leaf.reader().getLiveDocs();
            for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
                if (live == null || live.get(doc)) {
                    return entry(leaf.reader(), doc);
                }
            }
        }
        return null;
    }

    /** The next after an id, in order of id. */
    List<Entry> after(long enquiryId, int max) throws IOException {
        var from = new FieldDoc(Integer.MAX_VALUE, Float.NaN, new Object[] {enquiryId});
        var found = searcher.search(
                        new MatchAllDocsQuery(), new TopFieldCollectorManager(BY_ID, max, from, Integer.MAX_VALUE))
                .scoreDocs;
        Arrays.sort(found, Comparator.comparingInt((ScoreDoc one) -> one.doc)); // values are read forwards only
        var leaves = searcher.getIndexReader().leaves();
        var entries = new ArrayList<Entry>(found.length);
        for (var one : found) {
            var leaf = leaves.get(ReaderUtil.subIndex(one.doc, leaves));
            entries.add(entry(leaf.reader(), one.doc - leaf.docBase));
        }
        entries.sort(Comparator.comparingLong(Entry::enquiryId));
        return entries;
    }

    private static Entry entry(LeafReader reader, int doc) throws IOException {
        long written = value(reader, Fields.WRITTEN, doc);
        return new Entry(
                value(reader, Fields.ID, doc),
                value(reader, Fields.VERSION, doc),
                value(reader, Fields.CHECKSUM, doc),
                written == 0 ? null : Instant.ofEpochMilli(written));
    }

    private static long value(LeafReader reader, String field, int doc) throws IOException {
        var values = reader.getNumericDocValues(field);
        return values != null && values.advanceExact(doc) ? values.longValue() : 0;
    }

    @Override
    public void close() throws IOException {
        manager.release(searcher);
    }
}
