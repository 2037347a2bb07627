package org.postbag.enquiries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.Subject;
import org.postbag.normalising.Recorded;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which enquiries staff recorded by hand, who did, and what they answered. */
@Component
public class RecordedByHand {

    private static final int SHOWN_MAX = 200;

    private final JdbcClient jdbc;

    RecordedByHand(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How an enquiry was recorded.
     *
     * @param by who recorded it, by name
     * @param answer what was answered there and then; empty for nothing
     * @param closed whether nothing is left to do
     */
    public record Shown(String kind, String by, String answer, boolean closed) {}

    /**
     * An enquiry as the member of staff who recorded it sees it.
     *
     * @param at when it came; when it was recorded where that isn't known
     */
    public record Own(
            long enquiryId,
            String reference,
            Instant at,
            @Nullable String name,
            @Nullable String topic,
            String asked,
            Shown recorded) {}

    /** Those of the enquiries that were recorded by hand. */
    public Map<Long, Shown> of(Collection<Long> enquiryIds) {
        var found = new LinkedHashMap<Long, Shown>();
        jdbc.sql("""
                        select r.*, coalesce(s.name, r.recorded_by) as by_name
                        from recorded r left join staff_member s on 'staff:' || s.username = r.recorded_by
                        where r.enquiry_id = any(:ids::bigint[])
                        """).param("ids", enquiryIds.toArray(Long[]::new)).query(row -> {
            found.put(row.getLong("enquiry_id"), shown(row));
        });
        return found;
    }

    /** What a member of staff recorded since a moment, the latest first. */
    public List<Own> by(String actor, Instant since) {
        return jdbc.sql("""
                        select r.*, e.reference, e.received_at, e.sent_at, e.from_name, e.topic, e.reply, coalesce(s.name, r.recorded_by) as by_name
                        from recorded r
                        join enquiry e on e.id = r.enquiry_id
                        left join staff_member s on 'staff:' || s.username = r.recorded_by
                        where r.recorded_by = :actor and e.received_at >= :since
                        order by e.received_at desc, e.id desc limit :limit
                        """)
                .param("actor", actor)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("limit", SHOWN_MAX)
                .query((row, n) -> own(row))
                .list();
    }

    /** In filing's transaction, once the enquiries are there. What the trail must say of it is returned. */
    List<AuditEvent> insert(List<Item.Readable> items, List<Long> enquiryIds) {
        var ids = new ArrayList<Long>();
        var recorded = new ArrayList<Recorded>();
        for (int i = 0; i < items.size(); i++) {
            var one = items.get(i).recorded();
            if (one != null) {
                ids.add(Objects.requireNonNull(enquiryIds.get(i)));
                recorded.add(one);
            }
        }
        if (ids.isEmpty()) {
            return List.of();
        }
        jdbc.sql("""
                        insert into recorded (enquiry_id, kind, recorded_by, answer, closed)
                        select * from unnest(:ids::bigint[], :kinds::text[], :by::text[], :answers::text[], :closed::boolean[])
                        """)
                .param("ids", ids.toArray(Long[]::new))
                .param("kinds", recorded.stream().map(Recorded::kind).toArray(String[]::new))
                .param("by", recorded.stream().map(Recorded::by).toArray(String[]::new))
                .param("answers", recorded.stream().map(Recorded::answer).toArray(String[]::new))
                .param("closed", recorded.stream().map(Recorded::closed).toArray(Boolean[]::new))
                .update();
        jdbc.sql("""
                        with closed as (
                            insert into enquiry_work (enquiry_id, status, status_at, answer)
                            select k.id, :status, e.received_at, :way from unnest(:ids::bigint[]) as k(id) join enquiry e on e.id = k.id
                            join recorded r on r.enquiry_id = k.id and r.closed
                            returning enquiry_id)
                        update enquiry set done = true where id in (select enquiry_id from closed)
                        """)
                .param("status", AnswerWay.AT_ONCE.status().code())
                .param("way", AnswerWay.AT_ONCE.code())
                .param("ids", ids.toArray(Long[]::new))
                .update();
        var events = new ArrayList<AuditEvent>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            var one = recorded.get(i);
            events.add(new AuditEvent(
                    one.by(),
                    Action.RECORDED,
                    Subject.enquiry(ids.get(i)),
                    one.closed() ? "Answered at once" : "By hand"));
        }
        return events;
    }

    private static Shown shown(ResultSet row) throws SQLException {
        return new Shown(
                row.getString("kind"), row.getString("by_name"), row.getString("answer"), row.getBoolean("closed"));
    }

    private static Own own(ResultSet row) throws SQLException {
        var sentAt = row.getObject("sent_at", OffsetDateTime.class);
        return new Own(
                row.getLong("enquiry_id"),
                row.getString("reference"),
                (sentAt == null ? row.getObject("received_at", OffsetDateTime.class) : sentAt).toInstant(),
                row.getString("from_name"),
                row.getString("topic"),
                row.getString("reply"),
                shown(row));
    }
}
