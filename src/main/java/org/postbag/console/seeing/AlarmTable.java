package org.postbag.console.seeing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postbag.console.seeing.RouteAlarm.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Alarms as they are kept, so that each is told once, whichever node sees it. */
@Component
class AlarmTable {

    private static final int SHOWN_MAX = 200;
    private static final int MAILED_AT_ONCE_MAX = 20;

    private final JdbcClient jdbc;

    AlarmTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What an alarm is of. */
    record Key(Kind kind, String route) {}

    /** @param begins whether it is to be told that it began; else that it is over */
    record ToTell(long id, Kind kind, String route, Instant since, String words, boolean begins) {}

    /** Those that go on, the newest first. */
    List<RouteAlarm> open(Set<String> routes) {
        return jdbc.sql("""
                        select id, kind, route, since, words from route_alarm where ended_at is null order by since desc, id limit :limit
                        """)
                .param("limit", SHOWN_MAX)
                .query((row, _) -> new RouteAlarm(
                        row.getLong("id"),
                        Kind.of(row.getString("kind")),
                        row.getString("route"),
                        instant(row, "since"),
                        row.getString("words"),
                        routes.contains(row.getString("route"))))
                .list();
    }

    Set<Key> openKeys() {
        return jdbc.sql("select kind, route from route_alarm where ended_at is null")
                .query((row, _) -> new Key(Kind.of(row.getString("kind")), row.getString("route")))
                .set();
    }

    /** Begins those that are new, ends those that are over, and says anew what goes on. */
    void change(Map<Key, String> now, Instant at) {
        var open = openKeys();
        now.forEach((key, words) -> {
            if (open.contains(key)) {
                jdbc.sql("""
                                update route_alarm set words = :words
                                where kind = :kind and route = :route and ended_at is null and words <> :words
                                """)
                        .param("words", words)
                        .param("kind", key.kind().code())
                        .param("route", key.route())
                        .update();
            } else {
                jdbc.sql("insert into route_alarm (kind, route, since, words) values (:kind, :route, :since, :words)")
                        .param("kind", key.kind().code())
                        .param("route", key.route())
                        .param("since", at.atOffset(ZoneOffset.UTC))
                        .param("words", words)
                        .update();
            }
        });
        open.stream()
                .filter(key -> !now.containsKey(key))
                .forEach(key -> jdbc.sql(
                                "update route_alarm set ended_at = :at where kind = :kind and route = :route and ended_at is null")
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("kind", key.kind().code())
                        .param("route", key.route())
                        .update());
    }

    /** What nobody was told by mail yet: that it began, or, of what was told, that it is over. Locked, so that no two nodes tell it. */
    List<ToTell> toTell(Instant since) {
        return jdbc.sql("""
                        select id, kind, route, since, words, begin_told_at is null as begins from route_alarm
                        where (begin_told_at is null and ended_at is null or begin_told_at is not null and ended_at is not null and end_told_at is null)
                          and coalesce(ended_at, since) >= :since
                        order by id limit :limit for update skip locked
                        """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("limit", MAILED_AT_ONCE_MAX)
                .query((row, _) -> new ToTell(
                        row.getLong("id"),
                        Kind.of(row.getString("kind")),
                        row.getString("route"),
                        instant(row, "since"),
                        row.getString("words"),
                        row.getBoolean("begins")))
                .list();
    }

    void told(ToTell alarm, Instant at) {
        jdbc.sql("update route_alarm set " + (alarm.begins() ? "begin_told_at" : "end_told_at")
                        + " = :at where id = :id")
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("id", alarm.id())
                .update();
    }

    void forget(Instant before) {
        jdbc.sql("delete from route_alarm where ended_at < :before")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
