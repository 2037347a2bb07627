package org.postbag.search.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Document;
import org.postbag.search.Hits;
import org.postbag.search.Query;
import org.postbag.search.SearchIndex;
import org.postbag.search.Trouble;

/**
 * The index in folders of local disk, one a generation. A half-built one that a process left is kept and follows each write, so that its building can go on; whatever
 * else lies there at the start is thrown away.
 */
public final class LuceneIndex implements SearchIndex {

    /** Its folder within the data folder. */
    public static final String FOLDER = "index";

    private final IndexFolder folder;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Versions versions = new Versions();
    private volatile LuceneGeneration live;
    private volatile @Nullable Trouble fault;
    private @Nullable Rebuilding next;
    private boolean broken;

    private LuceneIndex(IndexFolder folder) throws IOException {
        this.folder = folder;
        LuceneGeneration found = null;
        if (!folder.hasCurrent()) {
            fault = Trouble.MISSING;
        } else {
            try {
                found = LuceneGeneration.existing(folder.current());
                if (!found.isInOurForm()) {
                    fault = Trouble.OTHER_FORM;
                }
            } catch (IOException | RuntimeException e) {
                if (!Damage.isIn(e)) {
                    throw e;
                }
                fault = Trouble.DAMAGED;
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
                found = new Rebuilding(half, true, new Owner());
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
            versions.remember(removals);
            if (next != null) {
                next.follow(change);
            }
            return refused;
        } catch (IOException | IllegalStateException | InternalError e) { // AlreadyClosedException is the second
            broken = true;
            throw noted(e);
        } finally {
            writing.unlock();
        }
    }

    private Change newest(List<Document> documents, List<Removal> removals) throws IOException {
        try (var there = live.entries()) {
            return versions.newest(documents, removals, there);
        }
    }

    /** Remembers damage, so that the index is built anew. */
    private IOException noted(Throwable thrown) {
        if (Damage.isIn(thrown)) {
            fault = Trouble.DAMAGED;
        }
        return thrown instanceof IOException io ? io : new IOException(thrown);
    }

    @Override
    public Hits search(Query query) throws IOException {
        try {
            return searchNow(query);
        } catch (IOException | InternalError e) {
            throw noted(e);
        }
    }

    private Hits searchNow(Query query) throws IOException {
        try {
            return live.search(query);
        } catch (AlreadyClosedException e) {
            return live.search(query); // the generation was swapped between asking for it and asking it
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
                building = new Rebuilding(generation, false, new Owner());
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
    public Optional<Trouble> fault() {
        return Optional.ofNullable(fault);
    }

    /** A folder that is taken away goes on answering searches from files that are open, and would be missed only at the next write. */
    @Override
    public Engine look() throws IOException {
        if (!live.isThere()) {
            fault = Trouble.MISSING;
        }
        return new Engine("Lucene", Version.LATEST.toString(), count(), folder.isFull() ? Trouble.FULL : null);
    }

    @Override
    public Trouble trouble(Exception thrown) {
        return Damage.isIn(thrown)
                ? Trouble.DAMAGED
                : folder.isFull() || Damage.isOfFullDisk(thrown) ? Trouble.FULL : Trouble.FAILED;
    }

    @Override
    public void verify() throws IOException {
        try {
            live.verify();
        } catch (IOException | RuntimeException | InternalError e) {
            if (!Damage.isIn(e)) {
                throw e;
            }
            fault = Trouble.DAMAGED;
        }
    }

    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            IOUtils.close(next == null ? null : next.generation(), live, folder);
        } finally {
            writing.unlock();
        }
    }

    private final class Owner implements Rebuilding.Owner {

        @Override
        public void alone(Rebuilding.Step step) throws IOException {
            writing.lock();
            try {
                step.run();
            } finally {
                writing.unlock();
            }
        }

        @Override
        public void answerFrom(LuceneGeneration generation) throws IOException {
            folder.pointTo(generation.folder());
            var old = live;
            live = generation;
            broken = false;
            fault = null;
            old.dropQuietly();
        }

        @Override
        public void over() {
            next = null;
        }
    }
}
