package org.postbag;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts records into the database under test as filing would: for states that real items seldom bring about, and names made to break pages. */
public final class Records {

    private static final AtomicLong NEXT = new AtomicLong();

    private final JdbcClient jdbc;

    public Records(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A receipt that no other has, received so long ago. */
    public Receipt receipt(Channel channel, Duration ago, @Nullable Integer row) {
        var bytes = new byte[32];
        long number = NEXT.incrementAndGet() * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (number >>> (i % 8 * 8));
        }
        return new Receipt(
                new ReceiptId(HexFormat.of().formatHex(bytes)),
                channel,
                Direction.INBOUND,
                "test-" + channel.code(),
                Instant.ofEpochMilli(Instant.now().minus(ago).toEpochMilli()),
                1234,
                null,
                null,
                row == null ? null : "f".repeat(64),
                row);
    }

    public void stored(Receipt receipt, String state) {
        jdbc.sql("""
                        insert into receipt (id, reference, channel, route, direction, received_at, size, source_file, source_row, state)
                        values (?, ?, ?, ?, 'inbound', ?, ?, ?, ?, ?)
                        """)
                .params(Arrays.asList(
                        receipt.id().hex(),
                        receipt.reference().value(),
                        receipt.channel().code(),
                        receipt.route(),
                        receipt.receivedAt().atOffset(ZoneOffset.UTC),
                        receipt.size(),
                        receipt.sourceFile(),
                        receipt.sourceRow(),
                        state))
                .update();
    }

    public void quarantined(Receipt receipt, String code, String reason) {
        stored(receipt, "quarantined");
        jdbc.sql("""
                        insert into quarantine (receipt_id, reason_code, reason, quarantined_at, channel, route, received_at)
                        select id, ?, ?, received_at, channel, route, received_at from receipt where id = ?
                        """).params(code, reason, receipt.id().hex()).update();
    }

    public long contact(@Nullable String name, String category, boolean identified) {
        return jdbc.sql("""
                        insert into contact (name, item_name, category, identified, source, last_contact_at)
                        values (:name, :name, :category, :identified, 'email', now())
                        returning id
                        """)
                .param("name", name)
                .param("category", category)
                .param("identified", identified)
                .query(Long.class)
                .single();
    }

    /** The contact uses an identifier that it shares where the state says so. */
    public long uses(long contactId, String kind, String value, String state, String source) {
        long id = jdbc.sql("""
                        insert into identifier (kind, value) values (?, ?)
                        on conflict (kind, value) do update set value = excluded.value
                        returning id
                        """).params(kind, value).query(Long.class).single();
        jdbc.sql("""
                        insert into identifier_use (identifier_id, contact_id, state, name_key, source, as_written, since)
                        values (?, ?, ?, ?, ?, ?, now())
                        """)
                .params(id, contactId, state, "sole".equals(state) ? "" : "name " + contactId, source, value)
                .update();
        return id;
    }

    public long thread(long contactId) {
        return jdbc.sql("""
                        insert into thread (contact_id, started_at, last_contact_at) values (?, now(), now()) returning id
                        """).param(contactId).query(Long.class).single();
    }

    /** An enquiry as a page shows it. */
    public record Draft(
            Receipt receipt,
            long contactId,
            long threadId,
            @Nullable String subject,
            String text,
            String reply,
            @Nullable String fromName,
            @Nullable String fromAddress,
            boolean outbound,
            boolean html,
            @Nullable String automatic,
            List<String> damaged,
            @Nullable String series) {

        public Draft(Receipt receipt, long contactId, long threadId, @Nullable String subject, String text) {
            this(receipt, contactId, threadId, subject, text, text, null, null, false, false, null, List.of(), null);
        }
    }

    /** Mails that came from a contact under these names. */
    public void mailsUnder(long contactId, String... names) {
        long thread = thread(contactId);
        for (var name : names) {
            var receipt = receipt(Channel.EMAIL, Duration.ofDays(1), null);
            enquiry(new Draft(
                    receipt,
                    contactId,
                    thread,
                    "Poll card",
                    "Hello",
                    "Hello",
                    name,
                    null,
                    false,
                    false,
                    null,
                    List.of(),
                    null));
        }
    }

    public long enquiry(Draft draft) {
        stored(draft.receipt(), "filed");
        return jdbc.sql("""
                        insert into enquiry (receipt_id, reference, channel, direction, contact_id, thread_id, subject, text, reply, has_html,
                                             from_name, from_address, received_at, language, automatic, damaged, series, resolved_by)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'en', ?, ?, ?, 'same email address')
                        returning id
                        """)
                .params(Arrays.asList(
                        draft.receipt().id().hex(),
                        draft.receipt().reference().value(),
                        draft.receipt().channel().code(),
                        draft.outbound() ? "outbound" : "inbound",
                        draft.contactId(),
                        draft.threadId(),
                        draft.subject(),
                        draft.text(),
                        draft.reply(),
                        draft.html(),
                        draft.fromName(),
                        draft.fromAddress(),
                        draft.receipt().receivedAt().atOffset(ZoneOffset.UTC),
                        draft.automatic(),
                        draft.damaged().toArray(String[]::new),
                        draft.series()))
                .query(Long.class)
                .single();
    }

    public void file(long enquiryId, int position, String name, long size) {
        jdbc.sql(
                        "insert into attachment (enquiry_id, position, name, type, size) values (?, ?, ?, 'application/pdf', ?)")
                .params(enquiryId, position, name, size)
                .update();
    }

    public long claim(long enquiryId, long contactId, String kind, String value) {
        return jdbc.sql("insert into claim (enquiry_id, contact_id, kind, value) values (?, ?, ?, ?) returning id")
                .params(enquiryId, contactId, kind, value)
                .query(Long.class)
                .single();
    }
}
