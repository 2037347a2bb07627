package org.postbag.search.lucene;

import java.io.IOException;
import java.nio.file.Path;
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
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Document;
import org.postbag.search.Hits;
import org.postbag.search.Query;
import org.postbag.search.SearchIndex;

/**
 * The index in folders of local disk, one a generation. A half-built one that a process left is kept and follows each write, so that its building can go on; whatever
 * else lies there at the start is thrown away.
 */
public final class LuceneIndex implements SearchIndex {

    /** Its folder within the data folder. */
    public static final String FOLDER = "index";

    /** Removals whose versions are remembered, so that a late write doesn't bring a document back. */
    private static final int REMOVALS_REMEMBERED_MAX = 100_000;

    /** What a rebuild adds before it lets a write in: whoever waits to find a new item doesn't wait for thousands of old ones. */
    private static final int ADDED_AT_ONCE = 100;

    private final IndexFolder folder;
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

    private LuceneIndex(IndexFolder folder) throws IOException {
        this.folder = folder;
        LuceneGeneration found = null;
        if (!folder.hasCurrent()) {
            fault = "There is no index yet in " + folder;
        } else {
            try {
                found = LuceneGeneration.existing(folder.current());
                if (!found.isInOurForm()) {
                    fault = "The index in " + folder + " is of another version of Postbag";
                }
            } catch (IOException | RuntimeException e) {
                if (!Damage.isIn(e)) {
                    throw e;
                }
                fault = "The index in " + folder + " is missing or damaged ("
                        + e.getClass().getSimpleName() + ")";
            }
        }
        next = halfBuilt(found == null ? null : found.folder());
        if (found == null) {
            folder.pointToNone();
            found = LuceneGeneration.create(folder.make());
        }
        live = found;
    }

    private @Nullable Rebuilding halfBuilt(@Nullable Path answering) throws IOException {
        Rebuilding found = null;
        for (var path : folder.allBut(answering)) {
            var half = found == null ? LuceneGeneration.halfBuilt(path) : null;
            if (half == null) {
                IOUtils.rm(path);
            } else {
                found = new Rebuilding(half, true);
            }
        }
        return found;
    }

    /**
     * Opens the index in a folder, which is made where there is none.
     *
     * @throws IndexInUse where another process has it open
     */
    public static LuceneIndex open(Path path) throws IOException {
        var folder = IndexFolder.take(path);
        try {
            return new LuceneIndex(folder);
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(folder);
            throw e;
        }
    }

    /** Whether a process has the index in a folder open. */
    public static boolean isOpen(Path folder) {
        return IndexFolder.isTaken(folder);
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
            follow(change);
            return refused;
        } catch (IOException | IllegalStateException e) { // AlreadyClosedException is one of the latter
            broken = true;
            if (Damage.isIn(e)) {
                fault = "The index in " + folder + " is damaged ("
                        + e.getClass().getSimpleName() + ")";
            }
            throw e instanceof IOException io ? io : new IOException(e);
        } finally {
            writing.unlock();
        }
    }

    /** One that can't follow would lack what it wasn't given: it is given up, and what answers goes on. */
    private void follow(Change change) {
        var building = next;
        if (building != null) {
            try {
                building.follow(change);
            } catch (IOException | IllegalStateException e) {
                building.end();
                dropQuietly(building.generation);
            }
        }
    }

    /** A change without what is older than what is there. */
    private record Change(List<Document> documents, List<Long> removals) {}

    private Change newest(List<Document> documents, List<Removal> removals) throws IOException {
        var latest = new HashMap<Long, Document>();
        try (var versions = live.entries()) {
            for (var document : documents) {
                long id = document.enquiryId();
                if (versions.version(id) <= document.version() && removed.getOrDefault(id, -1L) < document.version()) {
                    latest.merge(id, document, (a, b) -> a.version() > b.version() ? a : b);
                }
            }
            var gone = new ArrayList<Long>();
            for (var removal : removals) {
                var sameBatch = latest.get(removal.enquiryId());
                if (versions.version(removal.enquiryId()) <= removal.version()
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
            var building = next;
            if (building == null) {
                var generation = LuceneGeneration.create(folder.make());
                generation.reach(0);
                building = new Rebuilding(generation, false);
                next = building;
            }
            building.take();
            return building;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public boolean isHalfBuilt() {
        writing.lock();
        try {
            return next != null;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public Contents contents() {
        return new LuceneContents(() -> live);
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
            if (!Damage.isIn(e)) {
                throw e;
            }
            fault = "The index in " + folder + " is damaged (" + e.getClass().getSimpleName() + ")";
        }
    }

    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            var building = next;
            IOUtils.close(building == null ? null : building.generation, live, folder);
        } finally {
            writing.unlock();
        }
    }

    /**
     * A generation in the making. It follows each write durably, so that one that is gone on with lacks nothing; what it has from a write is newer than what it is
     * given to add.
     */
    private final class Rebuilding implements Generation {

        private final LuceneGeneration generation;
        private final Set<Long> followed = new HashSet<>();
        private boolean taken;
        private boolean goesOn;
        private boolean over;

        Rebuilding(LuceneGeneration generation, boolean goesOn) {
            this.generation = generation;
            this.goesOn = goesOn;
        }

        /** Whatever is added from now on is read from now on, and so as new as what it followed before. */
        void take() {
            if (taken) {
                throw new IllegalStateException("The index is being rebuilt already");
            }
            taken = true;
            followed.clear();
        }

        void follow(Change change) throws IOException {
            change.documents().forEach(d -> followed.add(d.enquiryId()));
            followed.addAll(change.removals());
            generation.put(change.documents());
            generation.remove(change.removals());
            generation.commit();
        }

        @Override
        public long reached() {
            return generation.reached();
        }

        @Override
        public void reach(long enquiryId) throws IOException {
            locked(() -> {
                generation.reach(enquiryId);
                generation.commit();
            });
        }

        @Override
        public List<Refused> add(List<Document> documents) throws IOException {
            var refused = new ArrayList<Refused>();
            for (int from = 0; from < documents.size(); from += ADDED_AT_ONCE) {
                var some = documents.subList(from, Math.min(documents.size(), from + ADDED_AT_ONCE));
                locked(() -> refused.addAll(addNow(some)));
            }
            return refused;
        }

        /** One that goes on may have some of them already, from after it was last told how far it is. */
        private List<Refused> addNow(List<Document> documents) throws IOException {
            var fresh = documents.stream()
                    .filter(d -> !followed.contains(d.enquiryId()))
                    .toList();
            return goesOn ? generation.put(fresh) : generation.add(fresh);
        }

        @Override
        public Contents contents() throws IOException {
            locked(generation::commit);
            return new LuceneContents(() -> generation);
        }

        @Override
        public void open() throws IOException {
            locked(() -> {
                generation.reach(LuceneGeneration.WHOLE);
                generation.commit();
                folder.pointTo(generation.folder());
                var old = live;
                live = generation;
                broken = false;
                fault = null;
                end();
                dropQuietly(old);
            });
        }

        @Override
        public void giveUp() throws IOException {
            locked(() -> {
                end();
                generation.drop();
            });
        }

        /** A full disk closes it; then it is dropped, which makes room. */
        @Override
        public void close() throws IOException {
            writing.lock();
            try {
                if (!over && !generation.isOpen()) {
                    end();
                    dropQuietly(generation);
                } else if (!over) {
                    taken = false;
                    goesOn = true;
                }
            } finally {
                writing.unlock();
            }
        }

        void end() {
            over = true;
            next = null;
        }

        private void locked(Step step) throws IOException {
            writing.lock();
            try {
                if (over) {
                    throw new IOException("This generation was opened, or given up");
                }
                step.run();
            } finally {
                writing.unlock();
            }
        }
    }

    private interface Step {
        void run() throws IOException;
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
}
