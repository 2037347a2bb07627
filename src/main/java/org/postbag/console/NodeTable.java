package org.postbag.console;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The nodes and how their routes are: each tells of itself and reads of the others. */
final class NodeTable {

    /** A node that wasn't heard of for this long is dead, or cut off. */
    static final Duration DEAD_AFTER = Duration.ofSeconds(10);

    private static final int KEPT_DAYS = 1;

    private static final String[] POLLING = Arrays.stream(RouteState.values())
            .filter(RouteState::mayPoll)
            .map(RouteState::code)
            .toArray(String[]::new);

    private final JdbcClient jdbc;
    private final String node;

    NodeTable(JdbcClient jdbc, String node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    /** How a route is on this node. */
    record Told(String route, RouteState state, @Nullable String problem, long inHand) {}

    /** How a route is on another. */
    record Heard(
            String node,
            String route,
            RouteState state,
            @Nullable String problem,
            long inHand,
            Instant seenAt) {}

    void beat() {
        jdbc.sql("""
                        insert into node (name, started_at, seen_at) values (:node, now(), now())
                        on conflict (name) do update set seen_at = excluded.seen_at
                        """).param("node", node).update();
        jdbc.sql("delete from node where seen_at < now() - make_interval(days => :days)")
                .param("days", KEPT_DAYS)
                .update();
    }

    /** All of this node's routes. */
    void tell(Collection<Told> all) {
        jdbc.sql("""
                        with told as (select * from unnest(:routes::text[], :states::text[], :problems::text[], :inHand::integer[])
                                as t(route, state, problem, in_hand)),
                            gone as (delete from route_node n where node = :node and not exists (select from told where route = n.route))
                        insert into route_node (node, route, state, problem, in_hand) select :node, t.* from told t
                        on conflict (node, route) do update set state = excluded.state, problem = excluded.problem, in_hand = excluded.in_hand
                            where (route_node.state, route_node.problem, route_node.in_hand)
                                is distinct from (excluded.state, excluded.problem, excluded.in_hand)
                        """)
                .param("routes", all.stream().map(Told::route).toArray(String[]::new))
                .param("states", all.stream().map(told -> told.state().code()).toArray(String[]::new))
                .param("problems", all.stream().map(Told::problem).toArray(String[]::new))
                .param("inHand", all.stream().map(told -> (int) told.inHand()).toArray(Integer[]::new))
                .param("node", node)
                .update();
    }

    /** Of the other nodes that are alive. */
    List<Heard> others() {
        return jdbc.sql("""
                        select n.name, n.seen_at, r.route, r.state, r.problem, r.in_hand from node n join route_node r on r.node = n.name
                        where n.name <> :node and n.seen_at > now() - make_interval(secs => :secs) order by n.name, r.route
                        """)
                .param("node", node)
                .param("secs", DEAD_AFTER.toSeconds())
                .query((row, n) -> new Heard(
                        row.getString("name"),
                        row.getString("route"),
                        state(row.getString("state")),
                        row.getString("problem"),
                        row.getLong("in_hand"),
                        row.getObject("seen_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Whether another node, alive or dead, never said that it has stopped polling this route. What it said of it is forgotten. */
    boolean wasLeftPolling(String route) {
        return jdbc.sql("delete from route_node where route = :route and node <> :node and state = any(:states)")
                        .param("route", route)
                        .param("node", node)
                        .param("states", POLLING)
                        .update()
                > 0;
    }

    /** This node ends. */
    void leave() {
        jdbc.sql("delete from node where name = :node").param("node", node).update();
    }

    private static RouteState state(String code) {
        return RouteState.valueOf(code.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
