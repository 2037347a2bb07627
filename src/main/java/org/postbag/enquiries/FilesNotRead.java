package org.postbag.enquiries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.extracting.FileText.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The files of enquiries whose text could not be read, so that nobody finds the enquiry by what they say. A file of a kind that has no text, such as a song,
 * isn't one of them.
 */
@Component
public class FilesNotRead {

    /** How files are named that hold text or may, of kinds that {@link Reason#OTHER_KIND} is said of: office documents of other programs, archives, pictures. */
    private static final Set<String> ENDINGS_WITH_TEXT = Set.of(
            "doc", "docx", "docm", "dot", "dotx", "wpd", "wps", "pages", "odt", "ott", "fodt", "rtf", "txt", "htm",
            "html", "mht", "xml", "csv", "xls", "xlsx", "xlsm", "xlsb", "ods", "numbers", "ppt", "pptx", "pps", "ppsx",
            "odp", "odg", "key", "pub", "vsd", "vsdx", "pdf", "xps", "ps", "epub", "tif", "tiff", "jpg", "jpeg", "png",
            "gif", "bmp", "webp", "heic", "heif", "zip", "rar", "7z", "gz", "tar");

    private static final String WHERE =
            """
            where a.text_state <> 'read'
              and (a.text_state <> 'other-kind' or a.type like 'text/%' or lower(a.name) ~ '[.](ENDINGS)$')
            """.replace("ENDINGS", ENDINGS_WITH_TEXT.stream().sorted().collect(Collectors.joining("|")));

    /** What may be read another time: after an upgrade, or when this machine has less to do. */
    private static final Set<Reason> WORTH_ANOTHER_TRY =
            Set.of(Reason.TOO_MUCH, Reason.NO_READER, Reason.OTHER_KIND, Reason.BROKEN);

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    FilesNotRead(JdbcClient jdbc, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A file that came with an enquiry.
     *
     * @param receivedAt when the enquiry was
     */
    public record NotRead(
            long enquiryId, String reference, Instant receivedAt, int position, String name, long size, Reason reason) {

        /** Whether it may be read another time. */
        public boolean worthAnotherTry() {
            return WORTH_ANOTHER_TRY.contains(reason);
        }
    }

    /** How many there are for a reason. */
    public record Count(Reason reason, long count) {}

    /** The commonest reason first. */
    public List<Count> counts() {
        return jdbc.sql("select a.text_state, count(*) as number from attachment a " + WHERE
                        + " group by a.text_state order by number desc, a.text_state")
                .query((row, n) -> new Count(reason(row), row.getLong("number")))
                .list();
    }

    public long count() {
        return counts().stream().mapToLong(Count::count).sum();
    }

    /** Those of the enquiry that was filed last come first. */
    public List<NotRead> list(@Nullable Reason reason, int offset, int limit) {
        return jdbc.sql("""
                        select a.enquiry_id, e.reference, e.received_at, a.position, a.name, a.size, a.text_state
                        from attachment a join enquiry e on e.id = a.enquiry_id
                        """ + WHERE + """
                          and (:reason::text is null or a.text_state = :reason)
                        order by a.enquiry_id desc, a.position offset :offset limit :limit
                        """)
                .param("reason", reason == null ? null : reason.code())
                .param("offset", offset)
                .param("limit", limit)
                .query((row, n) -> new NotRead(
                        row.getLong("enquiry_id"),
                        row.getString("reference"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
                        row.getInt("position"),
                        row.getString("name"),
                        row.getLong("size"),
                        reason(row)))
                .list();
    }

    private static Reason reason(ResultSet row) throws SQLException {
        return Reason.of(row.getString("text_state")).orElse(Reason.BROKEN);
    }

    /**
     * Has a file read once more, with the others of its enquiry, and records who asked.
     *
     * @return whether it was one that could not be read and may be read another time
     */
    @Transactional
    public boolean tryAgain(long enquiryId, int position, String actor) {
        int asked = jdbc.sql("""
                        update attachment set text_state = null
                        where enquiry_id = :enquiry and position = :position and text_state = any(:worth::text[])
                        """)
                .param("enquiry", enquiryId)
                .param("position", position)
                .param("worth", WORTH_ANOTHER_TRY.stream().map(Reason::code).toArray(String[]::new))
                .update();
        if (asked == 0) {
            return false;
        }
        jdbc.sql("""
                        insert into extraction_work (enquiry_id, due_at) values (:enquiry, :now::timestamptz)
                        on conflict (enquiry_id) do update set due_at = excluded.due_at, tries = 0
                        """)
                .param("enquiry", enquiryId)
                .param("now", clock.instant().toString())
                .update();
        audit.record(new AuditEvent(
                actor, Action.REPLAYED, Subject.enquiry(enquiryId), "Text of file " + (position + 1) + " read again"));
        return true;
    }
}
