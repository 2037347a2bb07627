package org.postbag.enquiries;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.staff.StaffMember;
import org.postbag.work.IndexWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What staff note at an enquiry for each other. Notes go with their enquiry, and are disclosed with it when the person asks for what is held. */
@Component
public class Notes {

    public static final int LENGTH_MAX = 5_000;
    private static final int SHOWN_MAX = 200;

    private final JdbcClient jdbc;
    private final Sight sight;
    private final AuditTrail audit;
    private final IndexWork index;
    private final Clock clock;

    Notes(JdbcClient jdbc, Sight sight, AuditTrail audit, IndexWork index, Clock clock) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.audit = audit;
        this.index = index;
        this.clock = clock;
    }

    /** @param own whether it is of whoever reads it, who may withdraw it */
    public record Note(long id, String byName, Instant at, String text, boolean own) {}

    /** The oldest first. */
    public List<Note> of(long enquiryId, StaffMember reader) {
        return jdbc.sql("""
                        select n.id, coalesce(s.name, n.written_by) as by_name, n.written_at, n.text, n.written_by = :reader as own
                        from enquiry_note n left join staff_member s on 'staff:' || s.username = n.written_by
                        where n.enquiry_id = :enquiry order by n.id limit :limit
                        """)
                .param("reader", reader.actor())
                .param("enquiry", enquiryId)
                .param("limit", SHOWN_MAX)
                .query((row, n) -> new Note(
                        row.getLong("id"),
                        row.getString("by_name"),
                        row.getObject("written_at", OffsetDateTime.class).toInstant(),
                        row.getString("text"),
                        row.getBoolean("own")))
                .list();
    }

    /** @return whether there is such an enquiry for them; the text is 1 to {@link #LENGTH_MAX} characters */
    @Transactional
    public boolean add(long enquiryId, String text, StaffMember by) {
        if (text.isBlank() || text.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("A note has 1 to " + LENGTH_MAX + " characters");
        }
        if (!sight.mayRead(enquiryId, by)) {
            return false;
        }
        int added = jdbc.sql("""
                        insert into enquiry_note (enquiry_id, written_by, written_at, text)
                        select id, :by, :now::timestamptz, :text from enquiry where id = :enquiry
                        """)
                .param("by", by.actor())
                .param("now", clock.instant().toString())
                .param("text", CleanText.of(text, LENGTH_MAX))
                .param("enquiry", enquiryId)
                .update();
        if (added > 0) {
            audit.record(new AuditEvent(by.actor(), Action.NOTED, Subject.enquiry(enquiryId)));
            index.add(List.of(enquiryId));
        }
        return added > 0;
    }

    /** Only whoever wrote it withdraws it. The trail keeps what it said until the enquiry is erased. */
    @Transactional
    public boolean withdraw(long enquiryId, long noteId, StaffMember by) {
        var text = jdbc.sql(
                        "delete from enquiry_note where id = ? and enquiry_id = ? and written_by = ? returning text")
                .params(noteId, enquiryId, by.actor())
                .query(String.class)
                .optional();
        text.ifPresent(said -> {
            audit.record(new AuditEvent(
                    by.actor(), Action.UNDONE, Subject.enquiry(enquiryId), "Note withdrawn", said, null));
            index.add(List.of(enquiryId));
        });
        return text.isPresent();
    }
}
