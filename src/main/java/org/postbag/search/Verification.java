package org.postbag.search;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditTrail;
import org.postbag.search.Compared.Fault;
import org.postbag.search.Reindex.State;
import org.postbag.work.IndexWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Compares the index that answers with the record, and may add work for what is wrong. One at a time in a process. */
@Component
public final class Verification {

    /** Documents whose content is compared unless somebody asks for more. */
    public static final int SAMPLE_USUAL = 1_000;

    public static final int SAMPLE_MAX = 10_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

    private final DataSource database;
    private final SearchIndex index;
    private final IndexWork work;
    private final RandomGenerator random;
    private final Turn turn;
    private volatile Progress progress = new Progress(State.NEVER, 0, 0, null);

    Verification(DataSource database, SearchIndex index, IndexWork work, RandomGenerator random, AuditTrail trail) {
        this.database = database;
        this.index = index;
        this.work = work;
        this.random = random;
        this.turn = new Turn(trail);
    }

    /**
     * What is asked for.
     *
     * @param sample documents whose content is compared
     * @param mend whether index work is added for what is missing, old or left over
     */
    public record Asked(int sample, boolean mend) {
        public Asked {
            if (sample < 0 || sample > SAMPLE_MAX) {
                throw new IllegalArgumentException("The sample is from 0 to " + SAMPLE_MAX);
            }
        }

        Action action() {
            return mend ? Action.MENDED : Action.COMPARED;
        }
    }

    /**
     * How far it is.
     *
     * @param done enquiries that were looked for
     * @param total enquiries that there were when it began
     * @param found what it found, once it is done
     */
    public record Progress(
            State state, long done, long total, @Nullable Compared found) {}

    /** How far the one that runs is, or how the last one ended. */
    public Progress progress() {
        return progress;
    }

    /**
     * Begins in the background; false where one runs already.
     *
     * @param actor in whose name, for the trail
     */
    public boolean start(Asked asked, String actor) {
        if (!turn.take(asked.action(), actor)) {
            return false;
        }
        progress = new Progress(State.RUNNING, 0, 0, null);
        Thread.ofPlatform().name("index-verification").daemon().start(() -> verify(asked, _ -> {}));
        return true;
    }

    /**
     * Does it and waits.
     *
     * @param actor in whose name, for the trail
     * @param seen is told how far it is, about once every ten thousand enquiries
     * @return how it ended; {@link State#RUNNING} where another runs already
     */
    public Progress run(Asked asked, String actor, Consumer<Progress> seen) {
        return turn.take(asked.action(), actor) ? verify(asked, seen) : progress;
    }

    private Progress verify(Asked asked, Consumer<Progress> seen) {
        try {
            compare(asked, seen);
            return progress;
        } finally {
            turn.end(progress.state(), outcome(progress.found()));
        }
    }

    private static String outcome(@Nullable Compared found) {
        return found == null
                ? "failed"
                : "%s in the record, %,d in the index; missing: %,d, old: %,d, left over: %,d, refused: %,d"
                        .formatted(
                                Turn.count(found.inRecord()),
                                found.inIndex(),
                                found.count(Fault.MISSING),
                                found.count(Fault.OLD),
                                found.count(Fault.LEFT_OVER),
                                found.count(Fault.REFUSED));
    }

    private void compare(Asked asked, Consumer<Progress> seen) {
        try (var connection = database.getConnection()) {
            long total = WaitingWork.filed(connection);
            tell(new Progress(State.RUNNING, 0, total, null), seen);
            var found = new Comparison(connection, index.contents(), asked.sample(), random)
                    .run(
                            (ids, highest) -> {
                                if (asked.mend()) {
                                    mend(connection, ids, highest);
                                }
                            },
                            done -> tell(new Progress(State.RUNNING, done, Math.max(done, total), null), seen));
            tell(new Progress(State.DONE, found.inRecord(), found.inRecord(), found), seen);
        } catch (IOException | SQLException | RuntimeException e) {
            LOG.warn("The search index could not be compared with the record ({})", Reindex.reason(e));
            tell(new Progress(State.FAILED, progress.done(), progress.total(), null), seen);
        }
    }

    private void mend(Connection connection, List<Long> enquiryIds, long highestVersion) throws SQLException {
        WaitingWork.passVersion(connection, highestVersion);
        work.add(enquiryIds);
    }

    private void tell(Progress now, Consumer<Progress> seen) {
        progress = now;
        seen.accept(now);
    }
}
