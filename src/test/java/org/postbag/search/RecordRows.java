package org.postbag.search;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.AuditTrails;
import org.postbag.receiving.ReceiptId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of the record as filing leaves them, for tests that need many of them or odd ones. */
public final class RecordRows {

    private final JdbcClient jdbc;

    public RecordRows(DataSource database) {
        jdbc = JdbcClient.create(database);
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public AuditTrail trail() {
        return AuditTrails.in(jdbc, Clock.systemUTC());
    }

    /** What looks after an index, as the program has it. */
    IndexWatch watch(SearchIndex index, Reindex reindex) {
        return new IndexWatch(index, reindex, jdbc, Clock.systemUTC());
    }

    public long contact(@Nullable String name, String category) {
        return jdbc.sql(
                        "insert into contact (name, category, identified, source) values (:name, :category, true, 'email') returning id")
                .param("name", name)
                .param("category", category)
                .query(Long.class)
                .single();
    }

    public void identifier(long contactId, String kind, String value) {
        long id = jdbc.sql("""
                        insert into identifier (kind, value) values (?, ?)
                            on conflict (kind, value) do update set kind = excluded.kind returning id""").params(kind, value).query(Long.class).single();
        jdbc.sql("""
                        insert into identifier_use (identifier_id, contact_id, state, source, as_written, since)
                        values (?, ?, 'shared', 'test', ?, now())""").params(id, contactId, value).update();
    }

    /** An enquiry whose receipt is the number in hex. */
    public long enquiry(long contactId, long number, String subject, String text, Instant receivedAt) {
        return enquiries(contactId, List.of(number), "email", subject, text, receivedAt)
                .getFirst();
    }

    /** Many at once. Their work is not added. */
    public List<Long> enquiries(
            long contactId,
            Collection<Long> numbers,
            String channel,
            @Nullable String subject,
            String text,
            Instant receivedAt) {
        var ids = numbers.stream().map(RecordRows::receipt).toList();
        var at = OffsetDateTime.ofInstant(receivedAt, ZoneOffset.UTC);
        long thread = jdbc.sql("""
                        insert into thread (contact_id, started_at, last_contact_at) values (:contact, :at, :at) returning id""")
                .param("contact", contactId)
                .param("at", at)
                .query(Long.class)
                .single();
        jdbc.sql("update contact set last_contact_at = greatest(last_contact_at, :at) where id = :contact")
                .param("contact", contactId)
                .param("at", at)
                .update();
        jdbc.sql("""
                        insert into receipt (id, reference, channel, route, direction, received_at, size, state)
                        select r.id, r.reference, :channel, 'test', 'inbound', :at, 1, 'filed'
                          from unnest(:ids::text[], :references::text[]) as r (id, reference)""")
                .param("channel", channel)
                .param("at", at)
                .param("ids", ids.stream().map(ReceiptId::hex).toArray(String[]::new))
                .param(
                        "references",
                        ids.stream().map(id -> id.reference().value()).toArray(String[]::new))
                .update();
        return jdbc.sql("""
                        insert into enquiry (receipt_id, reference, channel, direction, contact_id, thread_id, subject, text, reply,
                                             received_at, resolved_by)
                        select r.id, r.reference, :channel, 'inbound', :contact, :thread, :subject, replace(:text, '#', r.n::text),
                               :text, :at, 'test'
                          from unnest(:ids::text[], :references::text[], :numbers::bigint[]) as r (id, reference, n)
                        returning id""")
                .param("channel", channel)
                .param("contact", contactId)
                .param("thread", thread)
                .param("subject", subject)
                .param("text", text)
                .param("at", at)
                .param("ids", ids.stream().map(ReceiptId::hex).toArray(String[]::new))
                .param(
                        "references",
                        ids.stream().map(id -> id.reference().value()).toArray(String[]::new))
                .param("numbers", numbers.toArray(Long[]::new))
                .query((row, _) -> row.getLong(1))
                .list();
    }

    public static ReceiptId receipt(long number) {
        return new ReceiptId("%016x".formatted(number << 9) + "0".repeat(48));
    }

    public void work(Collection<Long> enquiryIds) {
        jdbc.sql("""
                        insert into index_work (enquiry_id) select id from unnest(?::bigint[]) as id order by id
                            on conflict (enquiry_id) do update set version = nextval('index_version')""").param(enquiryIds.toArray(Long[]::new)).update();
    }

    public void work(long enquiryId) {
        work(List.of(enquiryId));
    }

    public void delete(long enquiryId) {
        jdbc.sql("delete from enquiry where id = ?").param(enquiryId).update();
    }

    /** What the index doesn't show yet: documents, and clocks that moved. */
    public long workLeft() {
        return jdbc.sql("select (select count(*) from index_work) + (select count(*) from clock_work)")
                .query(Long.class)
                .single();
    }
}
