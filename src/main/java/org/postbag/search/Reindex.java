package org.postbag.search;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postbag.search.lucene.LuceneIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Builds the index anew from PostgreSQL, beside the one that answers; filing and searching go on. One at a time among all nodes and processes. What is cut off leaves the old index,
 * and is thrown away at the next start.
 */
@Component
public final class Reindex {

    private static final Logger LOG = LoggerFactory.getLogger(Reindex.class);

    private final DataSource database;
    private final SearchIndex index;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean stopping;
    private volatile boolean needed;
    private volatile @Nullable Thread background;
    private volatile Progress progress = new Progress(State.NEVER, 0, 0);

    Reindex(DataSource database, SearchIndex index) {
        this.database = database;
        this.index = index;
    }

    public enum State {
        /** Not since the program started. */
        NEVER,
        RUNNING,
        DONE,
        FAILED,
        /** The program was told to end. */
        STOPPED,
        /** Another node or process builds it, and this one left it alone. */
        ELSEWHERE
    }

    /**
     * @param done enquiries that are in the new index
     * @param total enquiries there were when it began
     */
    public record Progress(State state, long done, long total) {}

    /** How far the one that runs is, or how the last one ended. */
    public Progress progress() {
        return progress;
    }

    /** Whether another process has the index in this data folder open: then only that one can build it anew. */
    public static boolean isHeldByAnother(Path data) {
        return LuceneIndex.isOpen(data.resolve(LuceneIndex.FOLDER));
    }

    /** Begins in the background; false where one runs already. */
    public boolean start() {
        if (stopping || !running.compareAndSet(false, true)) {
            return false;
        }
        progress = new Progress(State.RUNNING, 0, 0);
        background = Thread.ofPlatform().name("reindex").start(() -> rebuild(_ -> {}));
        return true;
    }

    /**
     * Does it and waits.
     *
     * @param seen is told how far it is, about once every thousand enquiries
     * @return how it ended; {@link State#RUNNING} or {@link State#ELSEWHERE} where another runs already, which this one leaves alone
     */
    public Progress run(Consumer<Progress> seen) {
        return running.compareAndSet(false, true) ? rebuild(seen) : progress;
    }

    /** Whether all that was filed and drained can be found; not while the index is built anew after a loss. */
    public boolean isComplete() {
        return !needed && index.fault().isEmpty();
    }

    /** What answers isn't what was filed, as far as its owner can see. */
    void need() {
        needed = true;
    }

    boolean isRunning() {
        return running.get();
    }

    /** After a stop: one may begin again. */
    void allow() {
        stopping = false;
    }

    /** Ends the one that runs before its next thousand, and lets no other begin: the program ends. */
    void stop(Duration wait) throws InterruptedException {
        stopping = true;
        var thread = background;
        if (thread != null) {
            thread.join(wait);
        }
    }

    private Progress rebuild(Consumer<Progress> seen) {
        try (var connection = database.getConnection()) {
            if (!AdvisoryLock.BUILDING.take(connection)) {
                tell(State.ELSEWHERE, 0, seen);
                return progress;
            }
            try {
                build(seen);
            } finally {
                AdvisoryLock.BUILDING.release(connection);
            }
        } catch (IOException | SQLException | RuntimeException e) {
            LOG.warn("The search index could not be built anew; the old one goes on answering ({})", reason(e));
            tell(State.FAILED, progress.done(), seen);
        } finally {
            running.set(false);
        }
        return progress;
    }

    private void build(Consumer<Progress> seen) throws IOException, SQLException {
        try (var generation = index.rebuild();
                var documents = new ReadAhead(database)) {
            progress = new Progress(State.RUNNING, 0, total());
            if (!isComplete() && progress.total() > 0) {
                LOG.info(
                        "{}: it is built from the record",
                        index.fault().orElse("The search index is not of this record"));
            }
            var end = fill(generation, documents, seen);
            if (end == State.DONE) {
                generation.open();
                needed = false;
            }
            tell(end, progress.done(), seen);
        }
    }

    private State fill(SearchIndex.Generation generation, ReadAhead reading, Consumer<Progress> seen)
            throws IOException, SQLException {
        for (var documents = reading.next(); !documents.isEmpty(); documents = reading.next()) {
            if (stopping) {
                return State.STOPPED;
            }
            var refused = generation.add(documents);
            if (!refused.isEmpty()) {
                generation.add(Faults.withoutContent(documents, refused));
                try (var connection = database.getConnection()) {
                    Faults.record(connection, refused);
                }
            }
            tell(State.RUNNING, progress.done() + documents.size(), seen);
        }
        return State.DONE;
    }

    private long total() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("select count(*) from enquiry");
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void tell(State state, long done, Consumer<Progress> seen) {
        progress = new Progress(state, done, Math.max(done, progress.total()));
        seen.accept(progress);
    }

    /** Nothing that a row says. */
    static String reason(Exception e) {
        return e instanceof SQLException sql
                ? "PostgreSQL, SQLSTATE " + sql.getSQLState()
                : e.getClass().getSimpleName();
    }
}
