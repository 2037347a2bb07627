package org.postbag.enquiries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Work.Member;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of working states: what staff ({@link JdbcWorking}) and our own answers ({@link Answering}) change, and how it was before. */
@Component
class WorkTables {

    /** Names of the members in an array of ids {@code %1$s}, in its order. */
    private static final String NAMES =
            "array(select m.name from unnest(%1$s) with ordinality as k(id, n) join staff_member m on m.id = k.id order by k.n)";

    private static final String VIEWERS =
            "array(select v.staff_member_id from sensitive_viewer v where v.enquiry_id = e.id order by v.staff_member_id)";

    private final JdbcClient jdbc;

    WorkTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that there are, in order of id, with whether they came in. */
    Map<Long, Boolean> lock(Collection<Long> enquiryIds) {
        return inbound(enquiryIds, " for update");
    }

    Map<Long, Boolean> inbound(Collection<Long> enquiryIds) {
        return inbound(enquiryIds, "");
    }

    private Map<Long, Boolean> inbound(Collection<Long> enquiryIds, String lock) {
        var found = new LinkedHashMap<Long, Boolean>();
        jdbc.sql("select id, direction = 'inbound' as inbound from enquiry where id = any(:ids::bigint[]) order by id"
                        + lock)
                .param("ids", enquiryIds.toArray(Long[]::new))
                .query(row -> {
                    found.put(row.getLong("id"), row.getBoolean("inbound"));
                });
        return found;
    }

    List<Long> threads(Collection<Long> enquiryIds) {
        return jdbc.sql("select distinct thread_id from enquiry where id = any(:ids::bigint[]) order by thread_id")
                .param("ids", enquiryIds.toArray(Long[]::new))
                .query((row, n) -> row.getLong("thread_id"))
                .list();
    }

    Map<Long, Work> read(Collection<Long> enquiryIds) {
        var found = new LinkedHashMap<Long, Work>();
        jdbc.sql("""
                        select e.id as enquiry_id, e.topic, coalesce(w.status, 'new') as status, w.status_at, w.answer, w.assigned_to, w.urgent_by,
                            w.urgent_at, w.sensitive, w.not_enquiry, w.not_enquiry_at, w.opened_at, coalesce(w.version, 0) as version,
                            (select m.name from staff_member m where m.id = w.assigned_to) as assigned_name, k.viewers, %s as viewer_names
                        from enquiry e left join enquiry_work w on w.enquiry_id = e.id
                        cross join lateral (select case when w.sensitive is null then '{}' else %s end as viewers) k
                        where e.id = any(:ids::bigint[]) order by e.id
                        """.formatted(NAMES.formatted("k.viewers"), VIEWERS))
                .param("ids", enquiryIds.toArray(Long[]::new))
                .query(row -> {
                    found.put(row.getLong("enquiry_id"), work(row));
                });
        return found;
    }

    /** Writes states over those that are there, each with the next version. The enquiries are locked. */
    void save(List<Work> states, String actor, Instant now) {
        jdbc.sql("""
                        insert into enquiry_work as w (enquiry_id, status, status_at, answer, assigned_to, urgent_by, urgent_at, sensitive, not_enquiry,
                            not_enquiry_at, version, changed_by, changed_at)
                        select id, status, status_at::timestamptz, answer, assigned_to, urgent_by, urgent_at::timestamptz, sensitive, not_enquiry,
                            not_enquiry_at::timestamptz, version + 1, :actor, :now::timestamptz
                        from unnest(:ids::bigint[], :statuses::text[], :statusAts::text[], :answers::text[], :assigned::bigint[], :urgentBys::text[],
                            :urgentAts::text[], :sensitive::text[], :nots::text[], :notAts::text[], :versions::integer[])
                            as k(id, status, status_at, answer, assigned_to, urgent_by, urgent_at, sensitive, not_enquiry, not_enquiry_at, version)
                        order by id
                        on conflict (enquiry_id) do update set status = excluded.status, status_at = excluded.status_at, answer = excluded.answer,
                            assigned_to = excluded.assigned_to, urgent_by = excluded.urgent_by, urgent_at = excluded.urgent_at,
                            sensitive = excluded.sensitive, not_enquiry = excluded.not_enquiry, not_enquiry_at = excluded.not_enquiry_at,
                            version = excluded.version, changed_by = excluded.changed_by, changed_at = excluded.changed_at
                        """)
                .param("actor", actor)
                .param("now", now.toString())
                .param("ids", each(states, Work::enquiryId, Long[]::new))
                .param("statuses", each(states, w -> w.status().code(), String[]::new))
                .param("statusAts", each(states, w -> text(w.statusAt()), String[]::new))
                .param(
                        "answers",
                        each(states, w -> w.answer() == null ? null : w.answer().code(), String[]::new))
                .param(
                        "assigned",
                        each(
                                states,
                                w -> w.assigned() == null ? null : w.assigned().id(),
                                Long[]::new))
                .param(
                        "urgentBys",
                        each(states, w -> w.urgent() == null ? null : w.urgent().by(), String[]::new))
                .param(
                        "urgentAts",
                        each(
                                states,
                                w -> w.urgent() == null ? null : text(w.urgent().at()),
                                String[]::new))
                .param(
                        "sensitive",
                        each(
                                states,
                                w -> w.sensitive() == null
                                        ? null
                                        : w.sensitive().code(),
                                String[]::new))
                .param(
                        "nots",
                        each(
                                states,
                                w -> w.notEnquiry() == null
                                        ? null
                                        : w.notEnquiry().what().code(),
                                String[]::new))
                .param(
                        "notAts",
                        each(
                                states,
                                w -> w.notEnquiry() == null
                                        ? null
                                        : text(w.notEnquiry().at()),
                                String[]::new))
                .param("versions", each(states, Work::version, Integer[]::new))
                .update();
        saveViewers(states);
        jdbc.sql("""
                        update enquiry e set done = k.done or e.direction = 'outbound', topic = k.topic
                        from unnest(:ids::bigint[], :done::boolean[], :topics::text[]) as k(id, done, topic)
                        where e.id = k.id and (e.done <> (k.done or e.direction = 'outbound') or e.topic is distinct from k.topic)
                        """)
                .param("ids", each(states, Work::enquiryId, Long[]::new))
                .param("done", each(states, w -> w.status().isDone(), Boolean[]::new))
                .param("topics", each(states, Work::topic, String[]::new))
                .update();
    }

    private void saveViewers(List<Work> states) {
        jdbc.sql("delete from sensitive_viewer where enquiry_id = any(:ids::bigint[])")
                .param("ids", each(states, Work::enquiryId, Long[]::new))
                .update();
        var enquiries = new ArrayList<Long>();
        var members = new ArrayList<Long>();
        for (var state : states) {
            for (var viewer : state.viewers()) {
                enquiries.add(state.enquiryId());
                members.add(viewer.id());
            }
        }
        if (!enquiries.isEmpty()) {
            jdbc.sql(
                            "insert into sensitive_viewer (enquiry_id, staff_member_id) select * from unnest(:enquiries::bigint[], :members::bigint[])")
                    .param("enquiries", enquiries.toArray(Long[]::new))
                    .param("members", members.toArray(Long[]::new))
                    .update();
        }
    }

    /** Keeps how they were, with the version that {@link #save} gives them. @return the number of the change */
    long remember(String what, List<Work> before, String actor, Instant now) {
        long id = jdbc.sql(
                        "insert into work_change (what, made_by, made_at) values (?, ?, ?::timestamptz) returning id")
                .params(what, actor, now.toString())
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into work_before (change_id, enquiry_id, made_version, status, status_at, answer, assigned_to, urgent_by, urgent_at, sensitive,
                            viewers, not_enquiry, not_enquiry_at, topic)
                        select :change, e.id, coalesce(w.version, 0) + 1, coalesce(w.status, 'new'), w.status_at, w.answer, w.assigned_to, w.urgent_by,
                            w.urgent_at, w.sensitive, %s, w.not_enquiry, w.not_enquiry_at, e.topic
                        from enquiry e left join enquiry_work w on w.enquiry_id = e.id where e.id = any(:ids::bigint[])
                        """.formatted(VIEWERS))
                .param("change", id)
                .param("ids", each(before, Work::enquiryId, Long[]::new))
                .update();
        return id;
    }

    /** How enquiries were before a change: those that nobody has changed since, with the version that they have now. */
    Map<Long, Work> before(long changeId) {
        var found = new LinkedHashMap<Long, Work>();
        jdbc.sql("""
                        select b.*, w.opened_at, w.version, b.made_version, %s as viewer_names,
                            (select m.name from staff_member m where m.id = b.assigned_to) as assigned_name
                        from work_before b join enquiry_work w on w.enquiry_id = b.enquiry_id and w.version = b.made_version
                        where b.change_id = :change order by b.enquiry_id
                        """.formatted(NAMES.formatted("b.viewers")))
                .param("change", changeId)
                .query(row -> {
                    found.put(row.getLong("enquiry_id"), work(row));
                });
        return found;
    }

    List<Long> ofChange(long changeId) {
        return jdbc.sql("select enquiry_id from work_before where change_id = ? order by enquiry_id")
                .param(changeId)
                .query((row, n) -> row.getLong("enquiry_id"))
                .list();
    }

    /** Takes a change for undoing, once. @return what it was, in words; empty where it is none or was undone */
    Optional<String> takeBack(long changeId, String actor, Instant now) {
        return jdbc.sql("""
                        update work_change set undone_by = ?, undone_at = ?::timestamptz where id = ? and undone_at is null returning what
                        """)
                .params(actor, now.toString(), changeId)
                .query(String.class)
                .optional();
    }

    private static Work work(ResultSet row) throws SQLException {
        var urgentBy = row.getString("urgent_by");
        var not = row.getString("not_enquiry");
        var answer = row.getString("answer");
        var sensitive = row.getString("sensitive");
        var viewers = (Long[]) row.getArray("viewers").getArray();
        var names = (String[]) row.getArray("viewer_names").getArray();
        var named = new ArrayList<Member>();
        for (int i = 0; i < viewers.length; i++) {
            named.add(new Member(viewers[i], names[i]));
        }
        long assigned = row.getLong("assigned_to");
        return new Work(
                row.getLong("enquiry_id"),
                WorkStatus.of(row.getString("status")).orElseThrow(),
                moment(row, "status_at"),
                answer == null ? null : AnswerWay.of(answer).orElseThrow(),
                assigned == 0 ? null : new Member(assigned, row.getString("assigned_name")),
                urgentBy == null ? null : new Work.Urgent(urgentBy, at(row, "urgent_at")),
                sensitive == null ? null : Sensitivity.of(sensitive).orElseThrow(),
                named,
                not == null ? null : new Work.NotAnEnquiry(NotEnquiry.of(not).orElseThrow(), at(row, "not_enquiry_at")),
                row.getString("topic"),
                moment(row, "opened_at"),
                row.getInt("version"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }

    private static <V> @Nullable V[] each(
            List<Work> of, Function<Work, @Nullable V> value, java.util.function.IntFunction<@Nullable V[]> array) {
        return of.stream().map(value).toArray(array);
    }
}
