package org.postbag.search.lucene;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Document;
import org.postbag.search.Hits;
import org.postbag.search.Query;
import org.postbag.search.SearchIndex;

/**
 * The index in folders of local disk: one a generation, and the file {@code current} that names the one that answers. The lock keeps a second process
 * out. Whatever else lies there at the start is half-built and is thrown away.
 */
public final class LuceneIndex implements SearchIndex {

    /** Its folder within the data folder. */
    public static final String FOLDER = "index";

    private static final String CURRENT = "current";
    private static final String LOCK = "node.lock";
    private static final String GENERATION = "generation-";

    /** Removals whose versions are remembered, so that a late write doesn't bring a document back. */
    private static final int REMOVALS_REMEMBERED_MAX = 100_000;

    /** What a rebuild adds before it lets a write in: whoever waits to find a new item doesn't wait for thousands of old ones. */
    private static final int ADDED_AT_ONCE = 100;

    private final Path folder;
    private final FSDirectory lockDirectory;
    private final Lock lock;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Map<Long, Long> removed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > REMOVALS_REMEMBERED_MAX;
        }
    };
    private volatile LuceneGeneration live;
    private volatile @Nullable String fault;
    private @Nullable Rebuilding next;
    private boolean broken;

    private LuceneIndex(Path folder, FSDirectory lockDirectory, Lock lock) throws IOException {
        this.folder = folder;
        this.lockDirectory = lockDirectory;
        this.lock = lock;
        var current = folder.resolve(CURRENT);
        LuceneGeneration found = null;
        if (!Files.exists(current)) {
            fault = "There is no index yet in " + folder;
        } else {
            try {
                found = LuceneGeneration.existing(folder.resolve(name(Files.readString(current))));
                if (!found.isInOurForm()) {
                    fault = "The index in " + folder + " is of another version of Postbag";
                }
            } catch (IOException | RuntimeException e) {
                if (!isDamage(e)) {
                    throw e;
                }
                fault = "The index in " + folder + " is missing or damaged ("
                        + e.getClass().getSimpleName() + ")";
            }
        }
        dropAllBut(found == null ? null : found.folder());
        if (found == null) {
            Files.deleteIfExists(current);
            found = LuceneGeneration.create(newFolder());
        }
        live = found;
    }

    /**
     * Opens the index in a folder, which is made where there is none.
     *
     * @throws IndexInUse where another process has it open
     */
    public static LuceneIndex open(Path folder) throws IOException {
        Files.createDirectories(folder);
        var lockDirectory = new NIOFSDirectory(folder);
        Lock lock;
        try {
            lock = lockDirectory.obtainLock(LOCK);
        } catch (LockObtainFailedException e) {
            lockDirectory.close();
            throw new IndexInUse(folder, e);
        }
        try {
            return new LuceneIndex(folder, lockDirectory, lock);
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(lock, lockDirectory);
            throw e;
        }
    }

    /** Whether a process has the index in a folder open. */
    public static boolean isOpen(Path folder) {
        if (!Files.exists(folder.resolve(LOCK))) {
            return false;
        }
        try (var directory = new NIOFSDirectory(folder);
                var free = directory.obtainLock(LOCK)) {
            free.ensureValid();
            return false;
        } catch (LockObtainFailedException held) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Refused> write(List<Document> documents, List<Removal> removals) throws IOException {
        writing.lock();
        try {
            if (broken) {
                live.recover();
                broken = false;
            }
            var change = newest(documents, removals);
            var refused = live.put(change.documents());
            live.remove(change.removals());
            live.commit();
            removals.forEach(r -> removed.merge(r.enquiryId(), r.version(), Math::max));
            if (next != null) {
                next.follow(change);
            }
            return refused;
        } catch (IOException | IllegalStateException e) { // AlreadyClosedException is one of the latter
            broken = true;
            if (isDamage(e)) {
                fault = "The index in " + folder + " is damaged ("
                        + e.getClass().getSimpleName() + ")";
            }
            throw e instanceof IOException io ? io : new IOException(e);
        } finally {
            writing.unlock();
        }
    }

    /** A change without what is older than what is there. */
    private record Change(List<Document> documents, List<Long> removals) {}

    private Change newest(List<Document> documents, List<Removal> removals) throws IOException {
        var latest = new HashMap<Long, Document>();
        try (var versions = live.versions()) {
            for (var document : documents) {
                long id = document.enquiryId();
                if (versions.of(id) <= document.version() && removed.getOrDefault(id, -1L) < document.version()) {
                    latest.merge(id, document, (a, b) -> a.version() > b.version() ? a : b);
                }
            }
            var gone = new ArrayList<Long>();
            for (var removal : removals) {
                var sameBatch = latest.get(removal.enquiryId());
                if (versions.of(removal.enquiryId()) <= removal.version()
                        && (sameBatch == null || sameBatch.version() < removal.version())) {
                    latest.remove(removal.enquiryId());
                    gone.add(removal.enquiryId());
                }
            }
            return new Change(List.copyOf(latest.values()), gone);
        }
    }

    @Override
    public Hits search(Query query) throws IOException {
        try {
            return live.search(query);
        } catch (AlreadyClosedException e) {
            return live.search(query); // the generation was swapped between asking for it and asking it
        } catch (CorruptIndexException e) {
            fault = "The index in " + folder + " is damaged";
            throw e;
        }
    }

    @Override
    public Generation rebuild() throws IOException {
        writing.lock();
        try {
            if (next != null) {
                throw new IllegalStateException("The index is being rebuilt already");
            }
            next = new Rebuilding(LuceneGeneration.create(newFolder()));
            return next;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public long count() throws IOException {
        return live.count();
    }

    @Override
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public void verify() throws IOException {
        try {
            live.verify();
        } catch (IOException | RuntimeException e) {
            if (!isDamage(e)) {
                throw e;
            }
            fault = "The index in " + folder + " is damaged (" + e.getClass().getSimpleName() + ")";
        }
    }

    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            if (next != null) {
                next.close();
            }
            IOUtils.close(live, lock, lockDirectory);
        } finally {
            writing.unlock();
        }
    }

    /** A generation in the making. It follows each write; what it has from a write is newer than what it is given to add. */
    private final class Rebuilding implements Generation {

        private final LuceneGeneration generation;
        private final Set<Long> followed = new HashSet<>();
        private boolean over;

        Rebuilding(LuceneGeneration generation) {
            this.generation = generation;
        }

        void follow(Change change) throws IOException {
            change.documents().forEach(d -> followed.add(d.enquiryId()));
            followed.addAll(change.removals());
            generation.put(change.documents());
            generation.remove(change.removals());
        }

        @Override
        public List<Refused> add(List<Document> documents) throws IOException {
            var refused = new ArrayList<Refused>();
            for (int from = 0; from < documents.size(); from += ADDED_AT_ONCE) {
                writing.lock();
                try {
                    refused.addAll(generation.add(
                            documents.subList(from, Math.min(documents.size(), from + ADDED_AT_ONCE)).stream()
                                    .filter(d -> !followed.contains(d.enquiryId()))
                                    .toList()));
                } finally {
                    writing.unlock();
                }
            }
            return refused;
        }

        @Override
        public void open() throws IOException {
            writing.lock();
            try {
                generation.commit();
                pointTo(generation.folder());
                var old = live;
                live = generation;
                broken = false;
                fault = null;
                over = true;
                next = null;
                dropQuietly(old);
            } finally {
                writing.unlock();
            }
        }

        @Override
        public void close() throws IOException {
            writing.lock();
            try {
                if (!over) {
                    over = true;
                    next = null;
                    generation.drop();
                }
            } finally {
                writing.unlock();
            }
        }
    }

    /** What can't be deleted now goes at the next start. */
    private static void dropQuietly(LuceneGeneration old) {
        IOUtils.closeWhileHandlingException(old);
        try {
            IOUtils.rm(old.folder());
        } catch (IOException leftForTheNextStart) {
            // nothing points to it any more
        }
    }

    private Path newFolder() throws IOException {
        Files.createDirectories(folder);
        return Files.createTempDirectory(folder, GENERATION);
    }

    /** Durable before the old generation goes: written whole, moved into place, and the folder synced. */
    private void pointTo(Path generation) throws IOException {
        var written = folder.resolve(CURRENT + ".new");
        Files.writeString(written, generation.getFileName().toString());
        IOUtils.fsync(written, false);
        Files.move(written, folder.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
        IOUtils.fsync(folder, true);
    }

    /** A name of ours, so that a damaged file can't point anywhere else. */
    private static String name(String current) throws CorruptIndexException {
        if (!current.matches(GENERATION + "\\d+")) {
            throw new CorruptIndexException("The file names no generation", CURRENT);
        }
        return current;
    }

    private void dropAllBut(@Nullable Path kept) throws IOException {
        try (var paths = Files.newDirectoryStream(folder, GENERATION + "*")) {
            for (var path : paths) {
                if (!path.equals(kept)) {
                    IOUtils.rm(path);
                }
            }
        }
    }

    private static boolean isDamage(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorruptIndexException
                    || cause instanceof IndexNotFoundException
                    || cause instanceof IndexFormatTooOldException
                    || cause instanceof IndexFormatTooNewException
                    || cause instanceof EOFException
                    || cause instanceof NoSuchFileException
                    || cause instanceof FileNotFoundException
                    || cause instanceof java.nio.charset.CharacterCodingException
                    || (cause instanceof IllegalArgumentException && cause == e)) {
                return true;
            }
        }
        return false;
    }
}
