package org.postbag.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Events and personal values in tables of their own: an event refers to its values by id, which lead nowhere once they are forgotten. */
@Component
class JdbcAuditTrail implements AuditTrail {

    private static final int VALUE_LENGTH_MAX = 10_000;
    private static final Pattern KIND = Pattern.compile("[a-z-]{1,40}");
    private static final String BY_STAFF = " and action in ('REPLAYED', 'DISCARDED', 'RESTORED', 'SET_RIGHT')";

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcAuditTrail(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void record(List<AuditEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        var values = new Values();
        var before =
                events.stream().map(e -> values.add(e.subject(), e.before())).toList();
        var after = events.stream().map(e -> values.add(e.subject(), e.after())).toList();
        var ids = values.insert(jdbc);
        jdbc.sql("""
                        insert into audit_event (at, actor, action, subject_kind, subject_id, detail, before_value_id, after_value_id)
                        select :at::timestamptz, * from unnest(:actors::text[], :actions::text[], :kinds::text[], :subjects::text[],
                                :details::text[], :before::bigint[], :after::bigint[])
                        """)
                .param("at", clock.instant().toString())
                .param("actors", events.stream().map(AuditEvent::actor).toArray(String[]::new))
                .param("actions", events.stream().map(e -> e.action().name()).toArray(String[]::new))
                .param("kinds", events.stream().map(e -> e.subject().kind()).toArray(String[]::new))
                .param("subjects", events.stream().map(e -> e.subject().id()).toArray(String[]::new))
                .param("details", events.stream().map(AuditEvent::detail).toArray(String[]::new))
                .param(
                        "before",
                        before.stream().map(i -> i < 0 ? null : ids.get(i)).toArray(Long[]::new))
                .param(
                        "after",
                        after.stream().map(i -> i < 0 ? null : ids.get(i)).toArray(Long[]::new))
                .update();
    }

    @Override
    public List<Entry> history(Subject subject, int limit) {
        return entries("", subject, limit).query((row, n) -> entry(row)).list();
    }

    @Override
    public List<Entry> changes(Subject subject, Instant from, Instant until, int limit) {
        return entries(
                        " and e.action not in ('LOOKED', 'SEARCHED', 'DOWNLOADED') and e.at >= :from::timestamptz and e.at < :until::timestamptz",
                        subject,
                        limit)
                .param("from", moment(from))
                .param("until", moment(until))
                .query((row, n) -> entry(row))
                .list();
    }

    private JdbcClient.StatementSpec entries(String where, Subject subject, int limit) {
        return jdbc.sql("""
                        select e.at, e.actor, s.name, e.action, e.detail, b.value as before, a.value as after
                        from audit_event e
                        left join staff_member s on e.actor like 'staff:%' and s.username = substr(e.actor, 7)
                        left join audit_value b on b.id = e.before_value_id
                        left join audit_value a on a.id = e.after_value_id
                        where e.subject_kind = :kind and e.subject_id = :id
                        """ + where + " order by e.id desc limit :limit")
                .param("kind", subject.kind())
                .param("id", subject.id())
                .param("limit", limit);
    }

    @Override
    public List<Line> latest(Only only, int limit) {
        if (only.kinds().isEmpty()) {
            return List.of();
        }
        var narrowed = (only.id() == null ? "" : " and subject_id = :id")
                + (only.member() == null
                        ? ""
                        : " and actor = (select 'staff:' || username from staff_member where id = :member)");
        var each = only.kinds().stream()
                .sorted()
                .map(kind -> """
                        (select * from audit_event where subject_kind = '%s' and id < :before%s order by id desc limit :limit)
                        """.formatted(ofAKind(kind), (kind.equals("receipt") ? BY_STAFF : "") + narrowed))
                .collect(Collectors.joining(" union all "));
        return jdbc.sql("""
                        select e.id, e.subject_kind, e.subject_id, e.at, e.actor, s.name, e.action, e.detail, b.value as before, a.value as after
                        from (%s) e
                        left join staff_member s on e.actor like 'staff:%%' and s.username = substr(e.actor, 7)
                        left join audit_value b on b.id = e.before_value_id
                        left join audit_value a on a.id = e.after_value_id
                        order by e.id desc limit :limit
                        """.formatted(each))
                .param("id", only.id())
                .param("member", only.member())
                .param("before", only.before())
                .param("limit", limit)
                .query((row, n) -> new Line(
                        row.getLong("id"),
                        new Subject(row.getString("subject_kind"), row.getString("subject_id")),
                        entry(row)))
                .list();
    }

    /** It stands in the statement itself, so that the planner sees that the index is for it. */
    private static String ofAKind(String kind) {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("A kind has small letters and hyphens");
        }
        return kind;
    }

    private static String moment(Instant at) {
        return at.equals(Instant.MIN) ? "-infinity" : at.equals(Instant.MAX) ? "infinity" : at.toString();
    }

    @Override
    public void forget(Collection<Subject> subjects) {
        jdbc.sql("""
                        delete from audit_value v using unnest(:kinds::text[], :ids::text[]) as k(kind, id)
                        where v.subject_kind = k.kind and v.subject_id = k.id
                        """)
                .param("kinds", subjects.stream().map(Subject::kind).toArray(String[]::new))
                .param("ids", subjects.stream().map(Subject::id).toArray(String[]::new))
                .update();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        var actor = row.getString("actor");
        return new Entry(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                actor,
                nameOf(actor, row.getString("name")),
                Action.valueOf(row.getString("action")),
                row.getString("detail"),
                row.getString("before"),
                row.getString("after"));
    }

    private static String nameOf(String actor, @Nullable String staffName) {
        if (staffName != null) {
            return staffName;
        }
        var colon = actor.indexOf(':');
        var name = actor.substring(colon + 1);
        return actor.startsWith("job:") ? "Postbag (" + name + ")" : name;
    }

    /** The personal values of a list of events, written with one statement. */
    private static final class Values {
        private final List<Subject> subjects = new ArrayList<>();
        private final List<String> values = new ArrayList<>();

        /** Where the value lies among all, or -1 where there is none. */
        int add(Subject subject, @Nullable String value) {
            if (value == null) {
                return -1;
            }
            subjects.add(subject);
            values.add(value.substring(0, Math.min(value.length(), VALUE_LENGTH_MAX))
                    .replace('\0', '\uFFFD'));
            return values.size() - 1;
        }

        List<Long> insert(JdbcClient jdbc) {
            if (values.isEmpty()) {
                return List.of();
            }
            var ids = jdbc.sql("select nextval('audit_value_id_seq') from generate_series(1, :count)")
                    .param("count", values.size())
                    .query((row, n) -> row.getLong(1))
                    .list();
            jdbc.sql("""
                            insert into audit_value (id, subject_kind, subject_id, value) overriding system value
                            select * from unnest(:ids::bigint[], :kinds::text[], :subjects::text[], :values::text[])
                            """)
                    .param("ids", ids.toArray(Long[]::new))
                    .param("kinds", subjects.stream().map(Subject::kind).toArray(String[]::new))
                    .param("subjects", subjects.stream().map(Subject::id).toArray(String[]::new))
                    .param("values", values.toArray(String[]::new))
                    .update();
            return ids;
        }
    }
}
