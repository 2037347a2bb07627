package org.postbag.search.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherLifetimeManager;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.postbag.search.After;
import org.postbag.search.Document;
import org.postbag.search.Hits;
import org.postbag.search.Query;
import org.postbag.search.SearchIndex.Refused;
import org.postbag.search.language.Analysis;

/** One Lucene index on disk, with its writer and searcher. Writes come one at a time; searches at any time. */
final class LuceneGeneration implements Closeable {

    private static final double BUFFER_MEGABYTES = 64;

    /** How long somebody who pages by score keeps the state they began with, and how many such states are kept: each holds files open. */
    private static final double SNAPSHOT_SECONDS_MAX = 600;

    private static final int SNAPSHOTS_MAX = 20;
    private static final String FORM = "form";

    private final Path folder;
    private final FSDirectory directory;
    private final SearcherLifetimeManager snapshots = new SearcherLifetimeManager();
    private final boolean inOurForm;
    private IndexWriter writer;
    private volatile SearcherManager searchers;

    private LuceneGeneration(Path folder, OpenMode mode) throws IOException {
        this.folder = folder;
        this.directory = FSDirectory.open(folder);
        try {
            this.writer = new IndexWriter(directory, configuration(mode));
            try {
                this.inOurForm = mode == OpenMode.CREATE || hasForm(writer.getLiveCommitData());
                name(writer);
                this.searchers = new SearcherManager(writer, new SearcherFactory());
            } catch (IOException | RuntimeException e) {
                writer.rollback();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(directory);
            throw e;
        }
    }

    static LuceneGeneration create(Path folder) throws IOException {
        return new LuceneGeneration(folder, OpenMode.CREATE);
    }

    /** @throws IOException where it isn't there or isn't sound; Lucene also says so by IllegalArgumentException */
    static LuceneGeneration existing(Path folder) throws IOException {
        return new LuceneGeneration(folder, OpenMode.APPEND);
    }

    /** Each commit says in which form its documents are. */
    private void name(IndexWriter made) {
        if (inOurForm) {
            made.setLiveCommitData(Map.of(FORM, Document.form()).entrySet());
        }
    }

    private static boolean hasForm(@Nullable Iterable<Map.Entry<String, String>> committed) {
        if (committed != null) {
            for (var entry : committed) {
                if (entry.getKey().equals(FORM)) {
                    return entry.getValue().equals(Document.form());
                }
            }
        }
        return false;
    }

    /** Whether all of its documents are in the form of this version of Postbag, so that nothing of them is missing. */
    boolean isInOurForm() {
        return inOurForm;
    }

    private static IndexWriterConfig configuration(OpenMode mode) {
        return new IndexWriterConfig(Analysis.ANALYZER)
                .setOpenMode(mode)
                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                // Else a commit waits up to half a second for small segments to be merged, and so does whoever waits to
                // find an item.
                .setMaxFullFlushMergeWaitMillis(0)
                .setCommitOnClose(false);
    }

    Path folder() {
        return folder;
    }

    /** Puts documents in place of those with the same ids. */
    List<Refused> put(List<Document> documents) throws IOException {
        return each(
                documents, document -> writer.updateDocument(id(document.enquiryId()), LuceneDocuments.of(document)));
    }

    /** Adds documents whose ids are not there. */
    List<Refused> add(List<Document> documents) throws IOException {
        return each(documents, document -> writer.addDocument(LuceneDocuments.of(document)));
    }

    private interface Writing {
        void write(Document document) throws IOException;
    }

    private static List<Refused> each(List<Document> documents, Writing writing) throws IOException {
        var refused = new ArrayList<Refused>();
        for (var document : documents) {
            try {
                writing.write(document);
            } catch (IllegalArgumentException e) {
                refused.add(
                        new Refused(document.enquiryId(), "Lucene refuses its content: a word or value is too long"));
            }
        }
        return refused;
    }

    void remove(List<Long> enquiryIds) throws IOException {
        writer.deleteDocuments(enquiryIds.stream().map(LuceneGeneration::id).toArray(Term[]::new));
    }

    /** Makes what was put and removed durable, and seen by searches. */
    void commit() throws IOException {
        writer.commit();
        searchers.maybeRefreshBlocking();
    }

    /** The version of a document as committed; -1 where there is none. */
    VersionReader versions() throws IOException {
        return new VersionReader(searchers);
    }

    /** Forgets what was put and removed since the last commit, and opens the writer again after a fault, such as a full disk, that closed it. */
    void recover() throws IOException {
        try {
            writer.rollback();
        } catch (AlreadyClosedException closedByItsFault) {
            // what is to be done next is the same
        }
        writer = new IndexWriter(directory, configuration(OpenMode.APPEND));
        name(writer);
        var old = searchers;
        searchers = new SearcherManager(writer, new SearcherFactory());
        old.close();
    }

    Hits search(Query query) throws IOException {
        var kept = snapshot(query.after());
        if (kept != null) {
            try {
                return LuceneSearch.run(kept, query, this::snapshot);
            } finally {
                snapshots.release(kept);
            }
        }
        var manager = searchers;
        var searcher = manager.acquire();
        try {
            return LuceneSearch.run(searcher, query, this::snapshot);
        } finally {
            manager.release(searcher);
        }
    }

    private @Nullable IndexSearcher snapshot(@Nullable After after) {
        return after == null || after.snapshot() == 0 ? null : snapshots.acquire(after.snapshot());
    }

    private long snapshot(IndexSearcher searcher) throws IOException {
        long name = snapshots.record(searcher);
        var kept = new AtomicInteger();
        snapshots.prune((age, _) -> age > SNAPSHOT_SECONDS_MAX || kept.incrementAndGet() > SNAPSHOTS_MAX);
        return name;
    }

    long count() throws IOException {
        var manager = searchers;
        var searcher = manager.acquire();
        try {
            return searcher.getIndexReader().numDocs();
        } finally {
            manager.release(searcher);
        }
    }

    /** @throws org.apache.lucene.index.CorruptIndexException where a checksum is wrong */
    void verify() throws IOException {
        try (var reader = DirectoryReader.open(directory)) {
            for (var leaf : reader.leaves()) {
                leaf.reader().checkIntegrity();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (directory) {
            IOUtils.close(snapshots, searchers);
            writer.rollback();
        } catch (AlreadyClosedException closedByItsFault) {
            // nothing is left to close
        }
    }

    void drop() throws IOException {
        close();
        IOUtils.rm(folder);
    }

    private static Term id(long enquiryId) {
        return new Term(Fields.ID, Long.toString(enquiryId));
    }

    /** Looks up the versions of many documents in one state of the index. */
    static final class VersionReader implements Closeable {

        private final SearcherManager manager;
        private final IndexSearcher searcher;

        private VersionReader(SearcherManager manager) throws IOException {
            this.manager = manager;
            this.searcher = manager.acquire();
        }

        long of(long enquiryId) throws IOException {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                var postings = leaf.reader().postings(id(enquiryId), PostingsEnum.NONE);
                if (postings == null) {
                    continue;
                }
                var live = leaf.reader().getLiveDocs();
                for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
                    if (live == null || live.get(doc)) {
                        NumericDocValues version = leaf.reader().getNumericDocValues(Fields.VERSION);
                        return version != null && version.advanceExact(doc) ? version.longValue() : 0;
                    }
                }
            }
            return -1;
        }

        @Override
        public void close() throws IOException {
            manager.release(searcher);
        }
    }
}
