package org.postbag.enquiries;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.QuarantineBatch.Act;
import org.postbag.receiving.ReceiptId;
import org.postbag.work.Batch;
import org.postbag.work.BatchAct;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What batches of quarantine do: items are filed once and counted once, also after a crash. */
@Component
@Profile("!command")
class QuarantineBatchWork implements BatchAct {

    static final int ITEMS_AT_ONCE_MAX = 100;

    private final JdbcClient jdbc;
    private final QuarantineOutcomes outcomes;
    private final NotReplayed notReplayed;
    private final AuditTrail audit;

    QuarantineBatchWork(JdbcClient jdbc, QuarantineOutcomes outcomes, NotReplayed notReplayed, AuditTrail audit) {
        this.jdbc = jdbc;
        this.outcomes = outcomes;
        this.notReplayed = notReplayed;
        this.audit = audit;
    }

    @Override
    public Set<String> acts() {
        return QuarantineBatches.ACTS;
    }

    @Override
    public Optional<Taken> take(Batch batch, Instant now) {
        var items = next(batch);
        return items.isEmpty() ? Optional.empty() : Optional.of(begin(QuarantineBatch.of(batch), items, now));
    }

    @Override
    public Dealt deal(Batch batch) throws Away {
        var items = batch.inHand().stream().map(ReceiptId::new).toList();
        try {
            var told = QuarantineBatch.of(batch).act() == Act.TRY ? outcomes.tried(items) : outcomes.filed(items);
            var counts = new HashMap<String, Long>();
            counts.put(QuarantineBatch.DONE, told.done());
            counts.put(QuarantineBatch.REFUSED, told.refused());
            told.again().forEach((code, number) -> counts.put(QuarantineBatch.AGAIN + code, number));
            return new Dealt(batch.place(), items.size(), counts, null, null);
        } catch (ServerAway away) {
            throw new Away("A server is away");
        }
    }

    /** The next items in order of id, locked. What went to quarantine after it was asked for is not meant. */
    private List<ReceiptId> next(Batch asked) {
        var batch = QuarantineBatch.of(asked);
        var filter = batch.filter();
        return jdbc.sql("select q.receipt_id from quarantine q join receipt r on r.id = q.receipt_id where "
                        + filter.where() + QuarantineBatches.ticked(batch.items())
                        + " and q.receipt_id > :after and r.state = :state and q.quarantined_at <= :asked::timestamptz"
                        + (batch.ofBatch() == null ? "" : " and q.batch = :batch")
                        + " order by q.receipt_id limit :limit for update of r")
                .params(filter.params())
                .param("items", QuarantineBatches.hex(batch.items()))
                .param("after", asked.place())
                .param("state", QuarantineFinding.state(filter).code())
                .param("asked", batch.askedAt().toString())
                .param("batch", batch.ofBatch())
                .param("limit", asked.itemsAtOnce(ITEMS_AT_ONCE_MAX))
                .query((row, n) -> new ReceiptId(row.getString(1)))
                .list();
    }

    private Taken begin(QuarantineBatch batch, List<ReceiptId> items, Instant now) {
        var last = items.getLast().hex();
        return switch (batch.act()) {
            case TRY -> new Taken(last, hex(items), 0, Map.of(), false);
            case REPLAY -> {
                var refused = notReplayed.of(items).keySet();
                var replayed =
                        items.stream().filter(id -> !refused.contains(id)).toList();
                change(batch, replayed, ReceiptState.QUARANTINED, ReceiptState.WAITING, now);
                yield new Taken(
                        last,
                        hex(replayed),
                        refused.size(),
                        Map.of(QuarantineBatch.REFUSED, (long) refused.size()),
                        replayed.isEmpty());
            }
            case DISCARD, RESTORE -> {
                boolean discards = batch.act() == Act.DISCARD;
                change(
                        batch,
                        items,
                        discards ? ReceiptState.QUARANTINED : ReceiptState.DISCARDED,
                        discards ? ReceiptState.DISCARDED : ReceiptState.QUARANTINED,
                        now);
                mark(batch, items, discards, now);
                yield new Taken(last, List.of(), items.size(), Map.of(QuarantineBatch.DONE, (long) items.size()), true);
            }
        };
    }

    private static List<String> hex(List<ReceiptId> items) {
        return items.stream().map(ReceiptId::hex).toList();
    }

    private void change(QuarantineBatch batch, List<ReceiptId> items, ReceiptState from, ReceiptState to, Instant now) {
        if (!from.next().contains(to)) {
            throw new IllegalStateException(from + " does not lead to " + to);
        }
        jdbc.sql(
                        "update receipt set state = :to, state_at = :now::timestamptz where id = any(:ids::text[]) and state = :from")
                .param("ids", QuarantineBatches.hex(items))
                .param("from", from.code())
                .param("to", to.code())
                .param("now", now.toString())
                .update();
        audit.record(items.stream()
                .map(id -> new AuditEvent(
                        batch.askedBy(),
                        QuarantineBatches.action(batch.act()),
                        Subject.receipt(id.hex()),
                        "batch " + batch.id(),
                        null,
                        batch.reason()))
                .toList());
    }

    private void mark(QuarantineBatch batch, List<ReceiptId> items, boolean discarded, Instant now) {
        jdbc.sql("""
                        update quarantine set discarded_by = :by, discarded_at = :at::timestamptz, discard_reason = :reason, batch = :batch
                        where receipt_id = any(:ids::text[])
                        """)
                .param("ids", QuarantineBatches.hex(items))
                .param("by", discarded ? batch.askedBy() : null)
                .param("at", discarded ? now.toString() : null)
                .param("reason", discarded ? batch.reason() : null)
                .param("batch", discarded ? batch.id() : null)
                .update();
    }
}
