package org.postbag.work;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Locks of PostgreSQL, all of Postbag's in one list: each is held by one connection among all nodes and processes, until it is let go, or the connection is closed or lost. */
public enum AdvisoryLock {
    /** Of whoever compares contacts. */
    MATCHING(0x506f_7374_6261_6700L),

    /** Of whoever drains index work. */
    DRAINING(0x506f_7374_6261_6701L),

    /** Of whoever builds the index anew. */
    BUILDING(0x506f_7374_6261_6702L),

    /** Of whoever forgets what was searched for long ago. */
    FORGETTING(0x506f_7374_6261_6703L),

    /** Of whoever counts the figures of days. */
    COUNTING(0x506f_7374_6261_6704L),

    /** Of whoever does what is due at night. */
    KEEPING(0x506f_7374_6261_6705L),

    /** Of whoever says that alarms of routes begin and are over. */
    ALARMING(0x506f_7374_6261_6710L);

    /**
     * Of whoever polls a route: the first of two numbers, of which the second is worked out from the route's name. Locks of two numbers never meet those of
     * one.
     */
    public static final int POLLING = 0x506f_7374;

    /** Any number that nobody else uses. */
    private final long number;

    AdvisoryLock(long number) {
        this.number = number;
    }

    /** Whether this connection holds it now: false where another does. */
    public boolean take(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, number);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    public void release(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_unlock(?)")) {
            statement.setLong(1, number);
            statement.execute();
        }
    }

    /** Whether the transaction that runs holds it now, and until its end: false where another does. */
    public boolean takeUntilEnd(JdbcClient jdbc) {
        return jdbc.sql("select pg_try_advisory_xact_lock(:lock)")
                .param("lock", number)
                .query(Boolean.class)
                .single();
    }
}
