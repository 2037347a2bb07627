package org.postbag.enquiries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What came in and is still to be done: urgent first, then the oldest. Of what is sensitive and not for them, people see that it is there. */
@Component
public class Queues {

    /** Counts go as far as this; beyond it the number says nothing that helps. */
    public static final int COUNT_MAX = 1_000;

    private static final int EXCERPT_LENGTH = 160;

    /** Of each line of a page so much is looked through for words that alarm; the enquiry's own page looks further. */
    private static final int ALARMS_READ_LENGTH = 5_000;

    private static final String TO_DO = " e.direction = 'inbound' and not e.done";
    /**
     * Work on an enquiry {@code e} whose status leaves something to do. This and what is asked of {@code e} stand in two indexes of what is to be done, so that
     * neither counting nor the choice of a page reads anything else, whatever was done before.
     */
    private static final String OPEN_WORK =
            "exists (select from enquiry_work w where w.enquiry_id = e.id and w.status in ('new', 'in-hand', 'waiting-for-them') and ";

    private static final String URGENT =
            " and exists (select from enquiry_work u where u.enquiry_id = e.id and u.urgent_by is not null)";
    private static final String NOT_URGENT =
            " and not exists (select from enquiry_work u where u.enquiry_id = e.id and u.urgent_by is not null)";

    private static final String AFTER =
            " and (e.received_at, e.id) > (select t.received_at, t.id from enquiry t where t.id = :enquiry)";

    private final JdbcClient jdbc;

    Queues(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whose. */
    public enum Queue implements Labelled {
        MINE(" and " + OPEN_WORK
                + "w.assigned_to = (select id from staff_member where 'staff:' || username = :actor))"),
        UNASSIGNED(" and not " + OPEN_WORK + "w.assigned_to is not null)"),
        ALL("");

        private final String where;

        Queue(String where) {
            this.where = where;
        }
    }

    /** Of which kind. */
    public enum Kind implements Labelled {
        EVERYTHING(""),
        PEOPLE(" and e.automatic is null"),
        SPAM(" and e.automatic = 'probably-spam'"),
        AUTOMATIC(" and e.automatic <> 'probably-spam'");

        private final String where;

        Kind(String where) {
            this.where = where;
        }
    }

    /**
     * A line of a queue. Where {@code hidden} says that it is not for whoever reads it, only its id, its reference and whether it is urgent are there.
     *
     * @param from the name or else the address it came from
     * @param alarms what its words suggest that makes it urgent, which nobody has said yet: see {@link Alarms}
     * @param unread whether nobody has opened it yet
     */
    public record Line(
            long id,
            String reference,
            boolean hidden,
            boolean sensitive,
            boolean urgent,
            List<String> alarms,
            boolean unread,
            @Nullable Channel channel,
            @Nullable Instant receivedAt,
            @Nullable String from,
            @Nullable String subject,
            @Nullable String excerpt,
            @Nullable String topic,
            @Nullable String automatic,
            @Nullable WorkStatus status,
            @Nullable String assigned) {}

    /**
     * How many, at most {@link #COUNT_MAX} and one.
     *
     * @param reader null where it makes no difference: of every queue but {@link Queue#MINE}
     */
    public int count(Queue queue, Kind kind, @Nullable StaffMember reader) {
        return count(queue.where + kind.where, reader);
    }

    /** How many of {@link #unassigned} nobody has opened: likewise. */
    public int unopened() {
        return count(
                Kind.PEOPLE.where + " and not " + OPEN_WORK + "(w.assigned_to is not null or w.opened_at is not null))",
                null);
    }

    /** How many are urgent, whoever has them: likewise. */
    public int urgent() {
        return count(URGENT, null);
    }

    private int count(String where, @Nullable StaffMember reader) {
        return count(where, reader, COUNT_MAX + 1);
    }

    private int count(String where, @Nullable StaffMember reader, int limit) {
        return jdbc.sql("select count(*) from (select from enquiry e where" + TO_DO + where + " limit :limit) as few")
                .param("actor", reader == null ? null : reader.actor())
                .param("limit", limit)
                .query(Integer.class)
                .single();
    }

    /** The urgent ones, the oldest first. */
    public List<Line> urgent(StaffMember reader, int limit) {
        return some(URGENT, reader, 0, limit);
    }

    /** How many nobody has taken, of what people wrote: at most {@link #COUNT_MAX}. */
    public int unassigned() {
        return Math.min(COUNT_MAX, count(Queue.UNASSIGNED, Kind.PEOPLE, null));
    }

    /** The few that are urgent are read apart, so that the others come by their index. */
    public List<Line> list(Queue queue, Kind kind, StaffMember reader, int offset, int limit) {
        var where = queue.where + kind.where;
        int urgent = count(where + URGENT, reader, Integer.MAX_VALUE);
        var lines = new ArrayList<Line>();
        if (offset < urgent) {
            lines.addAll(some(where + URGENT, reader, offset, limit));
        }
        if (lines.size() < limit) {
            lines.addAll(some(where + NOT_URGENT, reader, Math.max(0, offset - urgent), limit - lines.size()));
        }
        return lines;
    }

    private List<Line> some(String where, StaffMember reader, int offset, int limit) {
        var hidden = Sight.hiddenFrom(reader);
        return jdbc.sql("with page as materialized (select e.id, e.received_at from enquiry e where" + TO_DO + where
                        + " order by e.received_at, e.id offset :offset limit :limit)"
                        + " select e.id, e.reference, e.channel, e.received_at, coalesce(e.from_name, e.from_address) as wrote, e.subject,"
                        + " left(e.reply, " + EXCERPT_LENGTH
                        + ") as excerpt, left(e.reply, " + ALARMS_READ_LENGTH
                        + ") as read, e.topic, e.automatic, w.status, w.sensitive, w.urgent_by, w.opened_at,"
                        + " (select m.name from staff_member m where m.id = w.assigned_to) as assigned, " + hidden
                        + " as hidden from page join enquiry e on e.id = page.id left join enquiry_work w on w.enquiry_id = e.id"
                        + " order by page.received_at, page.id")
                .param("actor", reader.actor())
                .param("offset", offset)
                .param("limit", limit)
                .query((row, n) -> line(row))
                .list();
    }

    /**
     * Which of those that this person may read comes after an enquiry in a queue, whether or not that one still stands there: whoever has done with one goes
     * on to the next. Empty after the last.
     */
    public Optional<Long> after(long enquiryId, Queue queue, Kind kind, StaffMember reader) {
        var where = queue.where + kind.where;
        boolean urgent = jdbc.sql("select count(*) from enquiry_work where enquiry_id = ? and urgent_by is not null")
                        .param(enquiryId)
                        .query(Integer.class)
                        .single()
                > 0;
        return urgent
                ? first(where + URGENT + AFTER, enquiryId, reader)
                        .or(() -> first(where + NOT_URGENT, enquiryId, reader))
                : first(where + NOT_URGENT + AFTER, enquiryId, reader);
    }

    private Optional<Long> first(String where, long enquiryId, StaffMember reader) {
        return jdbc.sql("select e.id from enquiry e where" + TO_DO + where + " and not " + Sight.hiddenFrom(reader)
                        + " order by e.received_at, e.id limit 1")
                .param("actor", reader.actor())
                .param("enquiry", enquiryId)
                .query(Long.class)
                .optional();
    }

    private static Line line(ResultSet row) throws SQLException {
        boolean urgent = row.getString("urgent_by") != null;
        if (row.getBoolean("hidden")) {
            return new Line(
                    row.getLong("id"),
                    row.getString("reference"),
                    true,
                    true,
                    urgent,
                    List.of(),
                    false,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
        var status = row.getString("status");
        return new Line(
                row.getLong("id"),
                row.getString("reference"),
                false,
                row.getString("sensitive") != null,
                urgent,
                urgent || row.getString("automatic") != null
                        ? List.of()
                        : Alarms.urgent(row.getString("subject") + "\n" + row.getString("read")),
                row.getObject("opened_at") == null,
                Channel.of(row.getString("channel")).orElseThrow(),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getString("wrote"),
                row.getString("subject"),
                row.getString("excerpt"),
                row.getString("topic"),
                row.getString("automatic"),
                status == null ? WorkStatus.NEW : WorkStatus.of(status).orElseThrow(),
                row.getString("assigned"));
    }
}
