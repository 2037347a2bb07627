package org.postbag.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.postbag.work.AdvisoryLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What was searched for is forgotten when nobody may look into it any more. On every node: one of them does it, and the others find nothing left to do. */
@Component
@Profile("!command")
class OldSearches {

    private static final Logger LOG = LoggerFactory.getLogger(OldSearches.class);

    /** So few that nobody who searches waits for a lock or the disk. */
    private static final int FORGOTTEN_AT_ONCE = 5_000;

    private final DataSource database;
    private final Clock clock;

    OldSearches(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Scheduled(cron = "0 30 2 * * *", zone = "Europe/London")
    void everyNight() {
        forget();
    }

    /** A program that was off in the night does what it missed. */
    @Scheduled(initialDelayString = "PT10M")
    void afterTheStart() {
        forget();
    }

    /** How many were. */
    long forget() {
        try (var connection = database.getConnection()) {
            if (!AdvisoryLock.FORGETTING.take(connection)) {
                return 0;
            }
            try {
                long forgotten = 0;
                for (int some = FORGOTTEN_AT_ONCE; some == FORGOTTEN_AT_ONCE; forgotten += some) {
                    some = forgetSome(connection);
                }
                LOG.info("{} searches were kept for a year and are forgotten", forgotten);
                return forgotten;
            } finally {
                AdvisoryLock.FORGETTING.release(connection);
            }
        } catch (SQLException away) {
            LOG.warn("Old searches are forgotten the next night ({})", Reindex.reason(away));
            return 0;
        }
    }

    private int forgetSome(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from search_query where id in
                    (select id from search_query where asked_at < ? order by asked_at limit ?)""")) {
            statement.setObject(
                    1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).minus(IndexedSearch.KEPT));
            statement.setInt(2, FORGOTTEN_AT_ONCE);
            return statement.executeUpdate();
        }
    }
}
