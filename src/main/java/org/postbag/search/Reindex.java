package org.postbag.search;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditTrail;
import org.postbag.search.Compared.Fault;
import org.postbag.search.lucene.LuceneIndex;
import org.postbag.work.AdvisoryLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Builds the index anew from PostgreSQL, beside the one that answers; filing and searching go on. One at a time among all nodes and processes. What is cut off leaves
 * the old index answering, and the next one goes on where it was. The new index answers only when it was compared with the record.
 */
@Component
public final class Reindex {

    private static final Logger LOG = LoggerFactory.getLogger(Reindex.class);

    /** Documents after which it is remembered how far it is: what a kill costs at most. */
    private static final int REMEMBERED_EVERY = 10_000;

    private static final int ALIVE_SECONDS_MAX = 5;

    private final DataSource database;
    private final SearchIndex index;
    private final RandomGenerator random;
    private final Turn turn;
    private volatile boolean stopping;
    private volatile boolean needed;
    private volatile boolean begun;
    private volatile @Nullable Thread background;
    private volatile Progress progress = new Progress(State.NEVER, 0, 0);

    Reindex(DataSource database, SearchIndex index, RandomGenerator random, AuditTrail trail) {
        this.database = database;
        this.index = index;
        this.random = random;
        this.turn = new Turn(trail);
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
     * @param fault why the new index was not opened, where it differs from the record
     */
    public record Progress(
            State state, long done, long total, @Nullable String fault) {

        Progress(State state, long done, long total) {
            this(state, done, total, null);
        }
    }

    /** How far the one that runs is, or how the last one ended. */
    public Progress progress() {
        return progress;
    }

    /** Whether another process has the index in this data folder open: then only that one can build it anew. */
    public static boolean isHeldByAnother(Path data) {
        return LuceneIndex.isOpen(data.resolve(LuceneIndex.FOLDER));
    }

    /**
     * Begins in the background; false where one runs already.
     *
     * @param actor in whose name, for the trail
     */
    public boolean start(String actor) {
        if (stopping || !turn.take(Action.REBUILT, actor)) {
            return false;
        }
        progress = new Progress(State.RUNNING, 0, 0);
        background = Thread.ofPlatform().name("reindex").start(() -> rebuild(_ -> {}));
        return true;
    }

    /**
     * Does it and waits.
     *
     * @param actor in whose name, for the trail
     * @param seen is told how far it is, about once every thousand enquiries
     * @return how it ended; {@link State#RUNNING} or {@link State#ELSEWHERE} where another runs already, which this one leaves alone
     */
    public Progress run(String actor, Consumer<Progress> seen) {
        return turn.take(Action.REBUILT, actor) ? rebuild(seen) : progress;
    }

    /** Whether all that was filed and drained can be found; not while the index is built anew after a loss. */
    public boolean isComplete() {
        return trouble().isEmpty();
    }

    /** Why what answers isn't all that was filed. */
    public Optional<Trouble> trouble() {
        return index.fault().or(() -> needed ? Optional.of(Trouble.OTHER_RECORD) : Optional.empty());
    }

    /** What answers isn't what was filed, as far as its owner can see. */
    void need() {
        needed = true;
    }

    /** One was left half-built: it is to be gone on with. */
    void goOn() {
        begun = true;
    }

    /** Whether one is to be built, or to be gone on with. */
    boolean isDue() {
        return begun || !isComplete();
    }

    boolean isRunning() {
        return turn.isTaken();
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
        try {
            return built(seen);
        } finally {
            turn.end(progress.state(), outcome(progress));
        }
    }

    private static String outcome(Progress end) {
        return switch (end.state()) {
            case DONE -> Turn.count(end.done()) + " in the new index, which answers now";
            case ELSEWHERE -> "not done: another node or process is at it";
            case STOPPED -> "cut off, to be gone on with: the program ended";
            case RUNNING, NEVER, FAILED -> "failed; the old index goes on answering";
        };
    }

    private Progress built(Consumer<Progress> seen) {
        try (var connection = database.getConnection()) {
            if (!AdvisoryLock.BUILDING.take(connection)) {
                begun = false;
                return tell(new Progress(State.ELSEWHERE, 0, 0), seen);
            }
            try {
                return tell(build(connection, seen), seen);
            } finally {
                release(connection);
            }
        } catch (IOException | SQLException | RuntimeException e) {
            begun &= e instanceof SQLException; // the engine's fault, such as a full disk, is not tried again and again
            LOG.warn("The search index could not be built anew; the old one goes on answering ({})", reason(e));
            return tell(new Progress(State.FAILED, progress.done(), progress.total()), seen);
        }
    }

    private static void release(Connection connection) {
        try {
            AdvisoryLock.BUILDING.release(connection);
        } catch (SQLException lost) {
            // and the lock with the connection
        }
    }

    private Progress build(Connection connection, Consumer<Progress> seen) throws IOException, SQLException {
        try (var generation = index.rebuild();
                var documents = new ReadAhead(database, generation.reached())) {
            begun = true;
            long done = WaitingWork.filedUpTo(connection, generation.reached());
            progress = new Progress(State.RUNNING, done, WaitingWork.filed(connection));
            if (!isComplete() && progress.total() > 0) {
                LOG.info(
                        "{}: it is built from the record",
                        trouble().orElse(Trouble.OTHER_RECORD).what());
            }
            if (generation.reached() > 0) {
                LOG.info("A search index that was left half-built is gone on with: {} enquiries are in it", done);
            }
            if (!fill(generation, documents, connection, seen)) {
                return new Progress(State.STOPPED, progress.done(), progress.total());
            }
            return openWhereRight(generation, connection);
        }
    }

    /** False where it was stopped. */
    private boolean fill(
            SearchIndex.Generation generation, ReadAhead reading, Connection connection, Consumer<Progress> seen)
            throws IOException, SQLException {
        int added = 0;
        long last = generation.reached();
        for (var documents = reading.next(); !documents.isEmpty(); documents = reading.next()) {
            if (stopping || added >= REMEMBERED_EVERY) {
                generation.reach(last);
                added = 0;
            }
            if (stopping) {
                return false;
            }
            if (!connection.isValid(ALIVE_SECONDS_MAX)) {
                throw new SQLException("The lock is lost, and somebody else may build", "08006");
            }
            add(generation, documents);
            last = documents.getLast().enquiryId();
            added += documents.size();
            long done = progress.done() + documents.size();
            tell(new Progress(State.RUNNING, done, Math.max(done, progress.total())), seen);
        }
        generation.reach(last);
        return true;
    }

    private void add(SearchIndex.Generation generation, List<Document> documents) throws IOException, SQLException {
        var refused = generation.add(documents);
        if (!refused.isEmpty()) {
            generation.add(Faults.withoutContent(documents, refused));
            try (var connection = database.getConnection()) {
                Faults.record(connection, refused);
            }
        }
    }

    /** One that lacks what is filed, or says something else, never answers. */
    private Progress openWhereRight(SearchIndex.Generation generation, Connection connection)
            throws IOException, SQLException {
        var compared = new Comparison(connection, generation.contents(), Verification.SAMPLE_USUAL, random)
                .run((_, _) -> {}, _ -> {});
        begun = false;
        if (!compared.isComplete()) {
            generation.giveUp();
            var fault = "The new search index has %d of %d enquiries; missing: %d, old: %d, left over: %d"
                    .formatted(
                            compared.inIndex(),
                            compared.inRecord(),
                            compared.count(Fault.MISSING),
                            compared.count(Fault.OLD),
                            compared.count(Fault.LEFT_OVER));
            LOG.warn("{}: it was thrown away, and the old one goes on answering", fault);
            return new Progress(State.FAILED, progress.done(), progress.total(), fault);
        }
        generation.open();
        needed = false;
        return new Progress(State.DONE, progress.done(), Math.max(progress.done(), progress.total()));
    }

    private Progress tell(Progress now, Consumer<Progress> seen) {
        progress = now;
        seen.accept(now);
        return now;
    }

    /** Nothing that a row says. */
    static String reason(Exception e) {
        return e instanceof SQLException sql
                ? "PostgreSQL, SQLSTATE " + sql.getSQLState()
                : e.getClass().getSimpleName();
    }
}
