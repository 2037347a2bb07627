package org.postbag.console.seeing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.console.seeing.SourceWatch.Seen;
import org.postbag.receiving.SourceView;
import org.postbag.receiving.SourceView.Fact;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the node that asks a source saw there, for the others to show. */
@Component
class SourceTable {

    private final JdbcClient jdbc;

    SourceTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void write(String route, Seen seen) {
        var view = seen.view() == null ? new SourceView(null, null, null, List.of()) : seen.view();
        jdbc.sql("""
                        insert into route_source (route, seen_at, looked_at, next_at, waiting, problem, problem_since, labels, facts)
                        values (:route, :seen, :looked, :next, :waiting, :problem, :since, :labels::text[], :facts::text[])
                        on conflict (route) do update set seen_at = excluded.seen_at, looked_at = excluded.looked_at, next_at = excluded.next_at,
                            waiting = excluded.waiting, problem = excluded.problem, problem_since = excluded.problem_since,
                            labels = excluded.labels, facts = excluded.facts
                        """)
                .param("route", route)
                .param("seen", time(seen.at()))
                .param("looked", time(view.lookedAt()))
                .param("next", time(view.nextAt()))
                .param("waiting", view.waiting())
                .param("problem", seen.problem())
                .param("since", time(seen.problemSince()))
                .param("labels", view.facts().stream().map(Fact::label).toArray(String[]::new))
                .param("facts", view.facts().stream().map(Fact::value).toArray(String[]::new))
                .update();
    }

    Map<String, Seen> all() {
        var all = new HashMap<String, Seen>();
        jdbc.sql("select * from route_source").query(row -> {
            all.put(row.getString("route"), seen(row));
        });
        return all;
    }

    private static Seen seen(ResultSet row) throws SQLException {
        var labels = (String[]) row.getArray("labels").getArray();
        var values = (String[]) row.getArray("facts").getArray();
        var facts = new ArrayList<Fact>();
        for (int i = 0; i < Math.min(labels.length, values.length); i++) {
            facts.add(new Fact(labels[i], values[i]));
        }
        return new Seen(
                row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                new SourceView(
                        instant(row, "looked_at"),
                        instant(row, "next_at"),
                        row.getObject("waiting", Long.class),
                        facts),
                row.getString("problem"),
                instant(row, "problem_since"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
