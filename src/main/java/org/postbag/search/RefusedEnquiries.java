package org.postbag.search;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Enquiries whose content the engine would not take: they are found by reference and filters only, until the engine takes it. */
@Component
public class RefusedEnquiries {

    private final JdbcClient jdbc;

    RefusedEnquiries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param reason without personal data */
    public record Refused(long enquiryId, String reference, String reason, Instant since) {}

    public long count() {
        return jdbc.sql("select count(*) from index_fault f join enquiry e on e.id = f.enquiry_id")
                .query(Long.class)
                .single();
    }

    /** The latest first. */
    public List<Refused> list(int offset, int limit) {
        return jdbc.sql("""
                        select f.enquiry_id, e.reference, f.reason, f.since
                        from index_fault f join enquiry e on e.id = f.enquiry_id
                        order by f.since desc, f.enquiry_id desc offset ? limit ?
                        """)
                .params(offset, limit)
                .query((row, _) -> new Refused(
                        row.getLong("enquiry_id"),
                        row.getString("reference"),
                        row.getString("reason"),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
    }
}
