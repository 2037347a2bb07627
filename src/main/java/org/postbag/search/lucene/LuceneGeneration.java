package org.postbag.search.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.Term;
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
    private static final String REACHED = "reached";

    /** In place of an enquiry that was reached: it is not half-built. */
    static final long WHOLE = -1;

    private final Path folder;
    private final FSDirectory directory;
    private final SearcherLifetimeManager snapshots = new SearcherLifetimeManager();
    private final boolean inOurForm;
    private long reached;
    private IndexWriter writer;
    private volatile SearcherManager searchers;

    private LuceneGeneration(Path folder, OpenMode mode) throws IOException {
        this.folder = folder;
        this.directory = FSDirectory.open(folder);
        try {
            this.writer = new IndexWriter(directory, configuration(mode));
            try {
                var committed =
                        mode == OpenMode.CREATE ? Map.<String, String>of() : committed(writer.getLiveCommitData());
                this.inOurForm = mode == OpenMode.CREATE || Document.form().equals(committed.get(FORM));
                this.reached = Long.parseLong(committed.getOrDefault(REACHED, Long.toString(WHOLE)));
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

    /** One that is half-built, or null where it is anything else. */
    static @Nullable LuceneGeneration halfBuilt(Path folder) {
        LuceneGeneration found;
        try {
            found = existing(folder);
        } catch (IOException | RuntimeException notSound) {
            return null;
        }
        if (found.inOurForm && found.reached != WHOLE) {
            return found;
        }
        IOUtils.closeWhileHandlingException(found);
        return null;
    }

    /** Each commit says in which form its documents are, and of a half-built one how far it is. */
    private void name(IndexWriter made) {
        if (inOurForm) {
            made.setLiveCommitData((reached == WHOLE
                            ? Map.of(FORM, Document.form())
                            : Map.of(FORM, Document.form(), REACHED, Long.toString(reached)))
                    .entrySet());
        }
    }

    private static Map<String, String> committed(@Nullable Iterable<Map.Entry<String, String>> data) {
        var committed = new HashMap<String, String>();
        if (data != null) {
            data.forEach(entry -> committed.put(entry.getKey(), entry.getValue()));
        }
        return committed;
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
                // Nor does the first search after a merge wait for what is kept of each segment.
                .setMergedSegmentWarmer(FacetColumn::all)
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

    /** What is committed. */
    LuceneEntries entries() throws IOException {
        return new LuceneEntries(searchers);
    }

    /** Whether its folder is there: somebody may have taken it away. */
    boolean isThere() {
        return Files.isDirectory(folder);
    }

    /** Whether it can be written to: a fault, such as a full disk, closes it. */
    boolean isUsable() {
        return writer.isOpen() && isThere();
    }

    /** Up to which enquiry one that is being built is whole; {@link #WHOLE} for any other. */
    long reached() {
        return reached;
    }

    /** Is remembered with the next commit. */
    void reach(long enquiryId) {
        reached = enquiryId;
        name(writer);
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

    /** What can't be deleted now goes at the next start. */
    void dropQuietly() {
        IOUtils.closeWhileHandlingException(this);
        try {
            IOUtils.rm(folder);
        } catch (IOException leftForTheNextStart) {
            // nothing points to it any more
        }
    }

    static Term id(long enquiryId) {
        return new Term(Fields.ID, Long.toString(enquiryId));
    }
}
