package org.postbag.search;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postbag.work.AdvisoryLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Keeps the index as PostgreSQL is: drains index work for ever, and has the index built anew where it is missing or damaged. While the database or the
 * engine is away it waits longer and longer, and nothing is lost, since work is deleted only when it is done.
 */
@Component
@Profile("!command")
class Indexing implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Indexing.class);

    private static final Duration IDLE = Duration.ofMillis(50);
    private static final Duration OTHER_DRAINS = Duration.ofSeconds(1);
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(10);
    private static final Duration REBUILD_AGAIN = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final Duration VERIFY_AGAIN = Duration.ofDays(1);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);

    private final DataSource database;
    private final SearchIndex index;
    private final Reindex reindex;
    private final IndexWatch watch;
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread drainer;
    private @Nullable Thread verifier;
    private Duration pause = PAUSE_MIN;
    private long nextRebuildNanos = System.nanoTime();

    Indexing(DataSource database, SearchIndex index, Reindex reindex, IndexWatch watch) {
        this.database = database;
        this.index = index;
        this.reindex = reindex;
        this.watch = watch;
    }

    @Override
    public synchronized void start() {
        stopping = new CountDownLatch(1);
        reindex.allow();
        drainer = Thread.ofPlatform().name("indexing").start(this::run);
        verifier = Thread.ofPlatform().name("index-check").daemon().start(this::verify);
        Thread.ofPlatform().name("index-watch").daemon().start(this::watch);
    }

    @Override
    public synchronized void stop() {
        stopping.countDown();
        try {
            reindex.stop(STOP_MAX);
            if (drainer != null) {
                drainer.join(STOP_MAX);
            }
            if (verifier != null) {
                verifier.join(STOP_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        drainer = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return drainer != null;
    }

    private void run() {
        while (!stops(Duration.ZERO)) {
            try (var connection = database.getConnection()) {
                if (!AdvisoryLock.DRAINING.take(connection)) {
                    stops(OTHER_DRAINS);
                    continue;
                }
                try {
                    drain(connection);
                } finally {
                    AdvisoryLock.DRAINING.release(connection);
                }
            } catch (SQLException | IOException | RuntimeException e) {
                if (stopping.getCount() > 0) {
                    LOG.warn(
                            "Indexing waits for {} ms and tries again; nothing is lost ({})",
                            pause.toMillis(),
                            Reindex.reason(e));
                }
                if (!(e instanceof SQLException)) {
                    watch.waits(e);
                }
                rebuildWhereNeeded();
                stops(pause);
                pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
            }
        }
    }

    private void drain(Connection connection) throws SQLException, IOException {
        var drainer = Drainer.on(connection, index);
        compare(connection);
        if (index.isHalfBuilt()) {
            reindex.goOn();
        }
        while (!stops(Duration.ZERO)) {
            rebuildWhereNeeded();
            var drained = drainer.drain();
            drained.refused()
                    .forEach(r -> LOG.warn("Enquiry {} is found by reference only: {}", r.enquiryId(), r.reason()));
            pause = PAUSE_MIN;
            watch.goesOn();
            if (drained.taken() == 0 && stops(IDLE)) {
                return;
            }
        }
    }

    /** An index that is sound in itself may belong to another state of the database: one that was restored, or is of an older copy. */
    private void compare(Connection connection) throws SQLException, IOException {
        try (var statement = connection.prepareStatement("""
                        select (select count(*) from enquiry e join contact c on c.id = e.contact_id where c.erased_at is null),
                               (select count(*) from index_work) + (select count(*) from index_fault)""");
                var row = statement.executeQuery()) {
            row.next();
            long filed = row.getLong(1);
            long indexed = index.count();
            if (Math.abs(filed - indexed) > row.getLong(2) && index.fault().isEmpty()) {
                LOG.warn("The search index has {} enquiries and the record {}: it is built anew", indexed, filed);
                reindex.need();
            }
        }
    }

    private void rebuildWhereNeeded() {
        if (reindex.isDue() && !reindex.isRunning() && System.nanoTime() - nextRebuildNanos >= 0) {
            nextRebuildNanos = System.nanoTime() + REBUILD_AGAIN.toNanos();
            reindex.start(Turn.ITSELF);
        }
    }

    private void watch() {
        do {
            watch.look();
        } while (!stops(LOOK_AGAIN));
    }

    private void verify() {
        do {
            try {
                index.verify();
            } catch (IOException | RuntimeException e) {
                if (stopping.getCount() > 0) {
                    LOG.warn("The search index could not be checked ({})", Reindex.reason(e));
                }
            }
        } while (!stops(VERIFY_AGAIN));
    }

    /** Waits, and says whether the program ends. */
    private boolean stops(Duration time) {
        try {
            return stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
