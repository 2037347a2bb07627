package org.postbag.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is wanted of routes, as PostgreSQL keeps it. Times are of the database's clock, so that those of the nodes may differ or jump. */
final class StateTable {

    /** For how long a change can be undone. */
    private static final int UNDO_DAYS = 7;

    private static final String JOB = "job:";

    private final JdbcClient jdbc;

    StateTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is wanted of a route.
     *
     * @param by the name of who wanted it
     * @param byItself whether Postbag itself wanted it, since the time had come
     * @param due whether the time until which it was stopped has come
     */
    record Row(
            String route,
            Wanted wanted,
            String by,
            @Nullable String reason,
            Instant since,
            @Nullable Instant until,
            boolean byItself,
            boolean due) {}

    /** What is to be wanted of a route. */
    record Wish(
            String route,
            Wanted wanted,
            @Nullable String reason,
            @Nullable Instant until) {}

    Map<String, Row> all() {
        return jdbc.sql("""
                        select s.*, m.name, coalesce(s.until <= now(), false) as due
                        from route_state s left join staff_member m on s.actor like 'staff:%' and m.username = substr(s.actor, 7)
                        """).query((row, n) -> row(row)).list().stream()
                .collect(Collectors.toMap(Row::route, Function.identity()));
    }

    /** What was wanted of these until now, which nobody else changes until the transaction ends. */
    Map<String, Wish> locked(Collection<String> routes) {
        return jdbc
                .sql("select * from route_state where route = any(:routes) order by route for update")
                .param("routes", routes.toArray(String[]::new))
                .query((row, n) -> wish(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Wish::route, Function.identity()));
    }

    /** Those whose time has come, which nobody else changes until the transaction ends. */
    List<Wish> due() {
        return jdbc.sql("select * from route_state where until <= now() order by route for update skip locked")
                .query((row, n) -> wish(row))
                .list();
    }

    Instant now() {
        return jdbc.sql("select now()").query(OffsetDateTime.class).single().toInstant();
    }

    /** @return the change's number, by which it can be undone */
    long change(Collection<Wish> before, Collection<Wish> after, String actor) {
        long number = number();
        for (Wish was : before) {
            jdbc.sql("""
                            insert into route_state_before (change, route, at, wanted, reason, until)
                            values (:change, :route, now(), :wanted, :reason, :until::timestamptz)
                            """)
                    .param("change", number)
                    .param("route", was.route())
                    .param("wanted", was.wanted().code())
                    .param("reason", was.reason())
                    .param("until", text(was.until()))
                    .update();
        }
        for (Wish wish : after) {
            jdbc.sql("""
                            insert into route_state (route, wanted, actor, reason, since, until, version)
                            values (:route, :wanted, :actor, :reason, now(), :until::timestamptz, :version)
                            on conflict (route) do update set wanted = excluded.wanted, actor = excluded.actor, reason = excluded.reason,
                                since = excluded.since, until = excluded.until, version = excluded.version
                            """)
                    .param("route", wish.route())
                    .param("wanted", wish.wanted().code())
                    .param("actor", actor)
                    .param("reason", wish.reason())
                    .param("until", text(wish.until()))
                    .param("version", number)
                    .update();
        }
        return number;
    }

    /** What was wanted before a change of those routes that nobody has changed since. */
    List<Wish> before(long change) {
        return jdbc.sql("""
                        select b.route, b.wanted, b.reason, case when b.until > now() then b.until end as until
                        from route_state_before b join route_state s on s.route = b.route and s.version = b.change
                        where b.change = :change order by b.route for update of s
                        """)
                .param("change", change)
                .query((row, n) -> wish(row))
                .list();
    }

    void forgetOld() {
        jdbc.sql("delete from route_state_before where at < now() - make_interval(days => :days)")
                .param("days", UNDO_DAYS)
                .update();
    }

    private long number() {
        return jdbc.sql("select nextval('route_change')").query(Long.class).single();
    }

    void askToRun(String route, String actor) {
        jdbc.sql("""
                        insert into route_run (route, asked, actor, asked_at) values (:route, :asked, :actor, now())
                        on conflict (route) do update set asked = excluded.asked, actor = excluded.actor, asked_at = excluded.asked_at
                        """)
                .param("route", route)
                .param("asked", number())
                .param("actor", actor)
                .update();
    }

    /** @param asked the number of what is to be done, or null where nothing is */
    record Run(
            String route,
            @Nullable Long asked,
            @Nullable Instant ranAt,
            @Nullable String outcome) {}

    Map<String, Run> runs() {
        return jdbc
                .sql("select route, case when done < asked then asked end as asked, ran_at, outcome from route_run")
                .query((row, n) -> new Run(
                        row.getString("route"),
                        row.getObject("asked", Long.class),
                        instant(row, "ran_at"),
                        row.getString("outcome")))
                .list()
                .stream()
                .collect(Collectors.toMap(Run::route, Function.identity()));
    }

    void ran(String route, long asked, @Nullable String outcome) {
        jdbc.sql(
                        "update route_run set done = greatest(done, :asked), ran_at = now(), outcome = :outcome where route = :route")
                .param("asked", asked)
                .param("outcome", outcome)
                .param("route", route)
                .update();
    }

    private static Row row(ResultSet row) throws SQLException {
        var actor = row.getString("actor");
        var name = row.getString("name");
        return new Row(
                row.getString("route"),
                Wanted.of(row.getString("wanted")),
                name == null ? jobOrToken(actor) : name,
                row.getString("reason"),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                instant(row, "until"),
                actor.startsWith(JOB),
                row.getBoolean("due"));
    }

    private static String jobOrToken(String actor) {
        var name = actor.substring(actor.indexOf(':') + 1);
        return actor.startsWith(JOB) ? "Postbag (" + name + ")" : name;
    }

    private static Wish wish(ResultSet row) throws SQLException {
        return new Wish(
                row.getString("route"),
                Wanted.of(row.getString("wanted")),
                row.getString("reason"),
                instant(row, "until"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
