package org.postbag.console;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postbag.work.AdvisoryLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The pollers that this node holds: locks of one connection of its own, which PostgreSQL lets go when the node dies or is cut off. What is asked over that
 * connection is answered within some seconds, or the connection counts as lost.
 */
final class Leases implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

    /** PostgreSQL finds out that this machine is gone after {@code idle + count * interval} seconds, which is later than this node finds out itself. */
    private static final String NOTICE_SOON =
            "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3";

    private static final String FORGET =
            "reset tcp_keepalives_idle; reset tcp_keepalives_interval; reset tcp_keepalives_count";

    /** For how long nobody polls a route that was not handed over properly: the one who had it finds out meanwhile that it was lost. */
    private static final Duration PAUSE = Duration.ofSeconds(4);

    private final DataSource database;
    private final NodeSays node;

    /** Since when by {@link System#nanoTime} each may be polled. */
    private final Map<String, Long> held = new HashMap<>();

    private @Nullable Connection connection;
    private @Nullable JdbcClient jdbc;

    Leases(DataSource database, NodeSays node) {
        this.database = database;
        this.node = node;
    }

    /** What the nodes said last of a route that is taken now. */
    @FunctionalInterface
    interface NodeSays {
        boolean wasLeftPolling(JdbcClient jdbc, String route);
    }

    /** To ask by, within the time limit. Where it fails, call {@link #lose}. */
    JdbcClient open() throws SQLException {
        var open = jdbc;
        if (open == null) {
            var made = database.getConnection();
            connection = made;
            made.setNetworkTimeout(Runnable::run, (int) ANSWER_MAX.toMillis());
            try (var statement = made.createStatement()) {
                statement.execute(NOTICE_SOON);
            }
            open = JdbcClient.create(new SingleConnectionDataSource(made, true));
            jdbc = open;
        }
        return open;
    }

    /** Holds these and no others, as far as no other node holds them. */
    void keep(Collection<String> routes) throws SQLException {
        var asked = open();
        for (String route : Set.copyOf(held.keySet())) {
            if (!routes.contains(route)) {
                release(asked, route);
            }
        }
        var missing = routes.stream().filter(route -> !held.containsKey(route)).toArray(String[]::new);
        // Asked also where nothing is missing: so it is known that the locks of before are held still.
        var taken = asked.sql(
                        "select r from unnest(:routes::text[]) as r where pg_try_advisory_lock(:polling, hashtext(r))")
                .param("routes", missing)
                .param("polling", AdvisoryLock.POLLING)
                .query((row, n) -> row.getString(1))
                .list();
        for (String route : taken) {
            boolean left = node.wasLeftPolling(asked, route);
            held.put(route, System.nanoTime() + (left ? PAUSE.toNanos() : 0));
        }
    }

    void release(String route) throws SQLException {
        if (held.containsKey(route)) {
            release(open(), route);
        }
    }

    private void release(JdbcClient asked, String route) {
        held.remove(route);
        asked.sql("select pg_advisory_unlock(:polling, hashtext(:route))")
                .param("polling", AdvisoryLock.POLLING)
                .param("route", route)
                .query(Boolean.class)
                .single();
    }

    /** Whether this node may poll it now. */
    boolean mayPoll(String route) {
        var since = held.get(route);
        return since != null && System.nanoTime() - since >= 0;
    }

    boolean holds(String route) {
        return held.containsKey(route);
    }

    /** The connection can't be relied on: what it held may be another's now. */
    void lose() {
        held.clear();
        jdbc = null;
        var lost = connection;
        connection = null;
        if (lost != null) {
            try (lost) {
                lost.abort(Runnable::run);
            } catch (SQLException | RuntimeException gone) {
                // It was lost already.
            }
        }
    }

    /** Lets all go, and gives the connection back. */
    @Override
    public void close() {
        var ending = connection;
        if (ending == null) {
            return;
        }
        try (var statement = ending.createStatement()) {
            statement.execute("select pg_advisory_unlock_all(); " + FORGET);
            held.clear();
            jdbc = null;
            connection = null;
            ending.close();
        } catch (SQLException gone) {
            lose();
        }
    }
}
