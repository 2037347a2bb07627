package org.postbag.enquiries;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.receiving.Channel;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.ReceiptId;
import org.postbag.retention.LastContact;
import org.postbag.retention.RetentionRule;
import org.postbag.retention.RetentionRules;
import org.postbag.retention.RuleTable;
import org.postbag.staff.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class JdbcQuarantine implements Quarantine {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcQuarantine.class);
    static final String ITEMS = """
            select r.id, r.reference, r.channel, r.route, r.received_at, r.size, r.source_row, r.state,
                q.reason_code, q.reason, q.quarantined_at, q.tries, q.discarded_by, q.discarded_at, q.discard_reason,
                exists (select from mend m where m.receipt_id = r.id) as mended
            from receipt r join quarantine q on q.receipt_id = r.id
            """;

    private final JdbcClient jdbc;
    private final RuleTable rules;
    private final QuarantineFinding finding;
    private final QuarantineCounts counts;
    private final NotReplayed notReplayed;
    private final StoredReceipts receipts;
    private final RawStore raw;
    private final Filer filer;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    JdbcQuarantine(
            JdbcClient jdbc,
            RuleTable rules,
            QuarantineFinding finding,
            QuarantineCounts counts,
            NotReplayed notReplayed,
            StoredReceipts receipts,
            @Lazy RawStore raw,
            Filer filer,
            AuditTrail audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.finding = finding;
        this.counts = counts;
        this.notReplayed = notReplayed;
        this.receipts = receipts;
        this.raw = raw;
        this.filer = filer;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public List<Item> list(boolean discarded, int offset, int limit) {
        return finding.list(discarded, offset, limit);
    }

    @Override
    public long count(boolean discarded) {
        return counts.count(QuarantineFinding.Filter.all(discarded));
    }

    @Override
    public Optional<Item> byId(ReceiptId id) {
        var current = rules.current();
        return jdbc.sql(ITEMS + "where r.id = :id and r.state in ('quarantined', 'discarded')")
                .param("id", id.hex())
                .query((row, n) -> item(row, current))
                .optional();
    }

    @Override
    public Optional<byte[]> raw(ReceiptId id, String actor) throws IOException {
        var item = byId(id);
        if (item.isEmpty()) {
            return Optional.empty();
        }
        audit.record(new AuditEvent(actor, Action.LOOKED, Subject.receipt(id.hex()), "Raw item"));
        return raw.read(id, item.get().channel());
    }

    @Override
    public Replayed replay(ReceiptId id, String actor) {
        var barred = notReplayed.of(List.of(id)).get(id);
        if (barred != null) {
            audit.record(new AuditEvent(actor, Action.REFUSED, Subject.receipt(id.hex()), "replay: " + barred));
            return new Replayed.Refused(barred);
        }
        if (!change(id, ReceiptState.QUARANTINED, ReceiptState.WAITING, actor, Action.REPLAYED, null)) {
            return new Replayed.NotInQuarantine();
        }
        // From here on the receipt waits: if this ends now, the sweep of waiting receipts files it.
        try {
            filer.file(List.of(receipts.byId(id).orElseThrow()));
        } catch (ServerAway away) {
            LOG.warn("The replay of receipt {} waits for a server that is away", id);
            return new Replayed.Waiting();
        }
        var enquiry = jdbc.sql("select id from enquiry where receipt_id = :id")
                .param("id", id.hex())
                .query(Long.class)
                .optional();
        if (enquiry.isPresent()) {
            return new Replayed.Filed(enquiry.get());
        }
        return byId(id).<Replayed>map(item -> new Replayed.QuarantinedAgain(item.reason()))
                .orElseGet(Replayed.Waiting::new);
    }

    @Override
    public boolean discard(ReceiptId id, String reason, String actor) {
        var text = CleanText.of(reason.strip(), Reason.LENGTH_MAX);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("An item is discarded for a reason");
        }
        return change(id, ReceiptState.QUARANTINED, ReceiptState.DISCARDED, actor, Action.DISCARDED, text);
    }

    @Override
    public boolean restore(ReceiptId id, String actor) {
        return change(id, ReceiptState.DISCARDED, ReceiptState.QUARANTINED, actor, Action.RESTORED, null);
    }

    private boolean change(
            ReceiptId id, ReceiptState from, ReceiptState to, String actor, Action action, @Nullable String reason) {
        if (!from.next().contains(to)) {
            throw new IllegalStateException(from + " does not lead to " + to);
        }
        return Boolean.TRUE.equals(transaction.execute(status -> {
            var now = clock.instant().toString();
            int changed = jdbc.sql("""
                            update receipt set state = :to, state_at = :now::timestamptz where id = :id and state = :from
                            """)
                    .param("id", id.hex())
                    .param("from", from.code())
                    .param("to", to.code())
                    .param("now", now)
                    .update();
            if (changed == 0) {
                return false;
            }
            boolean discarded = to == ReceiptState.DISCARDED;
            jdbc.sql("""
                            update quarantine set discarded_by = :by, discarded_at = :at::timestamptz, discard_reason = :reason,
                                batch = null
                            where receipt_id = :id
                            """)
                    .param("id", id.hex())
                    .param("by", discarded ? actor : null)
                    .param("at", discarded ? now : null)
                    .param("reason", reason)
                    .update();
            // What staff type may name someone, so it stands with the values that can be forgotten.
            audit.record(new AuditEvent(actor, action, Subject.receipt(id.hex()), null, null, reason));
            return true;
        }));
    }

    static Item item(ResultSet row, RetentionRules rules) throws SQLException {
        int sourceRow = row.getInt("source_row");
        boolean hasRow = !row.wasNull();
        var receivedAt = row.getObject("received_at", OffsetDateTime.class).toInstant();
        var discarded = row.getObject("discarded_at", OffsetDateTime.class);
        var discardedAt = discarded == null ? null : discarded.toInstant();
        return new Item(
                new ReceiptId(row.getString("id")),
                row.getString("reference"),
                Channel.of(row.getString("channel")).orElseThrow(),
                row.getString("route"),
                receivedAt,
                row.getLong("size"),
                hasRow ? sourceRow : null,
                ReceiptState.of(row.getString("state")),
                row.getString("reason_code"),
                row.getString("reason"),
                row.getObject("quarantined_at", OffsetDateTime.class).toInstant(),
                row.getInt("tries"),
                keptUntil(rules, receivedAt, discardedAt),
                row.getBoolean("mended"),
                row.getString("discarded_by"),
                discardedAt,
                row.getString("discard_reason"));
    }

    /** As long as an item from the public; a discarded one no longer than it can be brought back. */
    static LocalDate keptUntil(RetentionRules rules, Instant receivedAt, @Nullable Instant discardedAt) {
        var byRule = rules.ofUnfiled().keptUntil(new LastContact(receivedAt, null, receivedAt));
        if (discardedAt == null) {
            return byRule;
        }
        var undo = RetentionRule.day(discardedAt).plusDays(DISCARDED_DAYS);
        return undo.isBefore(byRule) ? undo : byRule;
    }
}
