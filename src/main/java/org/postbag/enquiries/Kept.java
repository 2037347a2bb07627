package org.postbag.enquiries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Family;
import org.postbag.retention.Category;
import org.postbag.retention.LastContact;
import org.postbag.retention.RetentionRule;

/** Until when an enquiry is kept, and by which rule. */
public record Kept(LocalDate until, RetentionRule rule) {

    /** What follows the columns of a select of enquiries {@code e}, up to its {@code where}. */
    public static final String COLUMNS =
            ", t.last_contact_at as thread_wrote, t.started_at as thread_since, " + Family.COLUMNS + """
            , w.not_enquiry_at, n.period_months as not_period, n.counts_from as not_counts_from, n.legal_basis as not_basis, n.reason as not_reason,
                n.version as not_version
            from enquiry e
            join contact_family f on f.contact_id = e.contact_id
            join thread t on t.id = e.thread_id
            left join enquiry_work w on w.enquiry_id = e.id
            left join retention_rule n on w.not_enquiry_at is not null and n.category = 'not-an-enquiry'
            """;

    /**
     * The clock of an enquiry is its thread's for organisations and shared mailboxes, else that of all contacts that are one with its own. What is no enquiry
     * goes by its own rule where that ends first.
     */
    public static Kept of(ResultSet row) throws SQLException {
        var family = Family.of(row);
        var last = family.clockPerThread()
                ? new LastContact(
                        moment(row, "thread_wrote"),
                        null,
                        java.util.Objects.requireNonNull(moment(row, "thread_since")))
                : family.clock();
        var rule = family.rule(last);
        var kept = new Kept(rule.keptUntil(last), rule);
        var found = moment(row, "not_enquiry_at");
        if (found == null) {
            return kept;
        }
        var shorter = new RetentionRule(
                Category.NOT_AN_ENQUIRY,
                row.getInt("not_period"),
                RetentionRule.CountsFrom.of(row.getString("not_counts_from")),
                row.getString("not_basis"),
                row.getString("not_reason"),
                row.getInt("not_version"));
        var until = shorter.keptUntil(new LastContact(found, null, found));
        return until.isBefore(kept.until) ? new Kept(until, shorter) : kept;
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
