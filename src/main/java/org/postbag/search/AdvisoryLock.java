package org.postbag.search;

import java.sql.Connection;
import java.sql.SQLException;

/** Locks of PostgreSQL: each is held by one connection among all nodes and processes, until it is let go, or the connection is closed or lost. */
enum AdvisoryLock {
    /** Of whoever drains index work. */
    DRAINING(0x506f_7374_6261_6701L),

    /** Of whoever builds the index anew. */
    BUILDING(0x506f_7374_6261_6702L),

    /** Of whoever forgets what was searched for long ago. */
    FORGETTING(0x506f_7374_6261_6703L);

    /** Any number that nobody else uses. */
    private final long number;

    AdvisoryLock(long number) {
        this.number = number;
    }

    /** Whether this connection holds it now: false where another does. */
    boolean take(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, number);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    void release(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_unlock(?)")) {
            statement.setLong(1, number);
            statement.execute();
        }
    }
}
