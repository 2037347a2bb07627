package org.postbag.enquiries;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.QuarantineBatch.Act;
import org.postbag.receiving.ReceiptId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does batches of quarantine, a few items at a time at the rate that was asked for, on whichever node comes first. What is in hand stands in the batch's
 * row: after a crash it is gone on with, filed once and counted once.
 */
@Component
@Profile("!command")
class QuarantineBatchWork {

    static final int ITEMS_AT_ONCE_MAX = 100;
    /** Longer than a hundred items take; after it another node takes over what a crash left. */
    static final Duration HELD_FOR = Duration.ofMinutes(1);

    private static final Duration AWAY_WAIT = Duration.ofSeconds(10);
    private static final Duration TURN_MAX = Duration.ofMillis(900);
    /** How far a batch may make up for time that it lost. */
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(QuarantineBatchWork.class);

    private final JdbcClient jdbc;
    private final QuarantineOutcomes outcomes;
    private final NotReplayed notReplayed;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    QuarantineBatchWork(
            JdbcClient jdbc,
            QuarantineOutcomes outcomes,
            NotReplayed notReplayed,
            AuditTrail audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.outcomes = outcomes;
        this.notReplayed = notReplayed;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What is in hand of a batch. */
    record InHand(QuarantineBatch batch, List<ReceiptId> items, int asked) {}

    @Scheduled(fixedDelayString = "PT0.5S", initialDelayString = "PT5S")
    void turn() {
        var end = clock.instant().plus(TURN_MAX);
        try {
            while (step() && clock.instant().isBefore(end)) {
                // The next items are due already.
            }
        } catch (ServerAway | DataAccessException | TransactionException away) {
            LOG.warn("A batch of quarantine goes on later: {}", ItemReader.where(away));
        }
    }

    /** Deals with the next items that are due of one batch. False where none are. */
    boolean step() {
        var taken = Objects.requireNonNull(transaction.<Optional<InHand>>execute(status -> take(clock.instant())));
        if (taken.isEmpty()) {
            return false;
        }
        var now = taken.get();
        if (now.items().isEmpty()) {
            return true;
        }
        try {
            var told = now.batch().act() == Act.TRY ? outcomes.tried(now.items()) : outcomes.filed(now.items());
            transaction.executeWithoutResult(status -> settle(now, told));
            return true;
        } catch (ServerAway away) {
            LOG.warn("Batch {} waits for a server that is away", now.batch().id());
            hold(now.batch().id(), clock.instant().plus(AWAY_WAIT));
            return false;
        }
    }

    private Optional<InHand> take(Instant now) {
        record Row(QuarantineBatch batch, List<ReceiptId> inHand, String after) {}
        var due = jdbc.sql("""
                        select * from quarantine_batch
                        where (state = 'running' and next_at <= :now::timestamptz or in_hand <> '{}')
                            and (held_until is null or held_until <= :now::timestamptz)
                        order by next_at, id limit 1 for update skip locked
                        """)
                .param("now", now.toString())
                .query((row, n) -> new Row(
                        QuarantineBatches.batch(row), QuarantineBatches.ids(row, "in_hand"), row.getString("after_id")))
                .optional();
        if (due.isEmpty()) {
            return Optional.empty();
        }
        var batch = due.get().batch();
        if (!due.get().inHand().isEmpty()) {
            hold(batch.id(), now.plus(HELD_FOR));
            return Optional.of(
                    new InHand(batch, due.get().inHand(), due.get().inHand().size()));
        }
        var next = next(batch, due.get().after());
        if (next.isEmpty()) {
            jdbc.sql("update quarantine_batch set state = 'done', ended_at = :now::timestamptz where id = :id")
                    .param("now", now.toString())
                    .param("id", batch.id())
                    .update();
            return Optional.of(new InHand(batch, List.of(), 0));
        }
        return Optional.of(begin(batch, next, now));
    }

    /** The next items in order of id, locked. What went to quarantine after it was asked for is not meant. */
    private List<ReceiptId> next(QuarantineBatch batch, String after) {
        var filter = batch.filter();
        return jdbc.sql("select q.receipt_id from quarantine q join receipt r on r.id = q.receipt_id where "
                        + filter.where() + QuarantineBatches.ticked(batch.items())
                        + " and q.receipt_id > :after and r.state = :state and q.quarantined_at <= :asked::timestamptz"
                        + (batch.ofBatch() == null ? "" : " and q.batch = :batch")
                        + " order by q.receipt_id limit :limit for update of r")
                .params(filter.params())
                .param("items", QuarantineBatches.hex(batch.items()))
                .param("after", after)
                .param("state", QuarantineFinding.state(filter).code())
                .param("asked", batch.askedAt().toString())
                .param("batch", batch.ofBatch())
                .param("limit", Math.clamp(batch.rate() / 60, 1, ITEMS_AT_ONCE_MAX))
                .query((row, n) -> new ReceiptId(row.getString(1)))
                .list();
    }

    private InHand begin(QuarantineBatch batch, List<ReceiptId> items, Instant now) {
        var last = items.getLast();
        return switch (batch.act()) {
            case TRY -> {
                keep(batch, items, last, 0, now);
                yield new InHand(batch, items, items.size());
            }
            case REPLAY -> {
                var refused = notReplayed.of(items).keySet();
                var replayed =
                        items.stream().filter(id -> !refused.contains(id)).toList();
                change(batch, replayed, ReceiptState.QUARANTINED, ReceiptState.WAITING, now);
                keep(batch, replayed, last, refused.size(), now);
                if (replayed.isEmpty()) {
                    pace(batch, items.size(), now);
                }
                yield new InHand(batch, replayed, items.size());
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
                keep(batch, List.of(), last, 0, now);
                jdbc.sql("update quarantine_batch set done = done + :n where id = :id")
                        .param("n", items.size())
                        .param("id", batch.id())
                        .update();
                pace(batch, items.size(), now);
                yield new InHand(batch, List.of(), items.size());
            }
        };
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

    private void keep(QuarantineBatch batch, List<ReceiptId> inHand, ReceiptId last, int refused, Instant now) {
        jdbc.sql("""
                        update quarantine_batch set in_hand = :inHand::text[], after_id = :last, refused = refused + :refused,
                            held_until = case when cardinality(:inHand::text[]) > 0 then :held::timestamptz end
                        where id = :id
                        """)
                .param("inHand", QuarantineBatches.hex(inHand))
                .param("last", last.hex())
                .param("refused", refused)
                .param("held", now.plus(HELD_FOR).toString())
                .param("id", batch.id())
                .update();
    }

    /** When the next are due: so long after these were as so many items take at the rate. */
    private void pace(QuarantineBatch batch, int items, Instant now) {
        jdbc.sql("""
                        update quarantine_batch
                        set next_at = greatest(next_at, :earliest::timestamptz) + make_interval(secs => :items::float8 * 60 / rate)
                        where id = :id
                        """)
                .param("earliest", now.minus(CATCH_UP_MAX).toString())
                .param("items", items)
                .param("id", batch.id())
                .update();
    }

    /** Counted once, by whoever comes first. */
    private void settle(InHand now, QuarantineOutcomes.Told told) {
        var before = jdbc.sql(
                        "select told from quarantine_batch where id = :id and in_hand = :inHand::text[] for update")
                .param("id", now.batch().id())
                .param("inHand", QuarantineBatches.hex(now.items()))
                .query(String.class)
                .optional();
        if (before.isEmpty()) {
            return;
        }
        var reasons = new HashMap<>(QuarantineBatches.told(before.get()));
        told.again().forEach((code, number) -> reasons.merge(code, number, Long::sum));
        jdbc.sql("""
                        update quarantine_batch set done = done + :done, refused = refused + :refused, again = again + :again, told = :told::jsonb,
                            in_hand = '{}', held_until = null
                        where id = :id
                        """)
                .param("done", told.done())
                .param("refused", told.refused())
                .param(
                        "again",
                        told.again().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .param("told", JsonMapper.shared().writeValueAsString(reasons))
                .param("id", now.batch().id())
                .update();
        pace(now.batch(), now.asked(), clock.instant());
    }

    private void hold(long id, Instant until) {
        jdbc.sql("update quarantine_batch set held_until = :until::timestamptz where id = :id")
                .param("until", until.toString())
                .param("id", id)
                .update();
    }
}
