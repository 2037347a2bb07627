package org.postbag.search;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
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
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Progress progress = new Progress(State.NEVER, 0, 0, null);

    Verification(DataSource database, SearchIndex index, IndexWork work, RandomGenerator random) {
        this.database = database;
        this.index = index;
        this.work = work;
        this.random = random;
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

    /** Begins in the background; false where one runs already. */
    public boolean start(Asked asked) {
        if (!running.compareAndSet(false, true)) {
            return false;
        }
        progress = new Progress(State.RUNNING, 0, 0, null);
        Thread.ofPlatform().name("index-verification").daemon().start(() -> verify(asked, _ -> {}));
        return true;
    }

    /**
     * Does it and waits.
     *
     * @param seen is told how far it is, about once every ten thousand enquiries
     * @return how it ended; {@link State#RUNNING} where another runs already
     */
    public Progress run(Asked asked, Consumer<Progress> seen) {
        return running.compareAndSet(false, true) ? verify(asked, seen) : progress;
    }

    private Progress verify(Asked asked, Consumer<Progress> seen) {
        try (var connection = database.getConnection()) {
            long total = Reindex.filed(connection);
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
        } finally {
            running.set(false);
        }
        return progress;
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
