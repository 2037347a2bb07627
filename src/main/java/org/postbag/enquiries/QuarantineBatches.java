package org.postbag.enquiries;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.QuarantineBatch.Act;
import org.postbag.enquiries.QuarantineFinding.Filter;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.Reason;
import org.postbag.work.Batch.State;
import org.postbag.work.Batches;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Batches of quarantine: asked for, paused, gone on with, cancelled. {@link QuarantineBatchWork} does them. */
@Component
public class QuarantineBatches {

    static final Set<String> ACTS = Arrays.stream(Act.values()).map(Act::code).collect(Collectors.toUnmodifiableSet());

    private static final int SHOWN_MAX = 50;

    private final JdbcClient jdbc;
    private final QuarantineCounts counts;
    private final Batches batches;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    QuarantineBatches(
            JdbcClient jdbc,
            QuarantineCounts counts,
            Batches batches,
            AuditTrail audit,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.counts = counts;
        this.batches = batches;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * What is asked for.
     *
     * @param items those that were ticked; empty: all that the filter finds
     * @param reason needed to discard
     */
    public record Asked(
            Act act,
            Filter filter,
            List<ReceiptId> items,
            int rate,
            @Nullable String reason) {

        public Asked {
            items = List.copyOf(items);
            if (rate < 1 || rate > QuarantineBatch.RATE_MAX) {
                throw new IllegalArgumentException("A rate is from 1 to " + QuarantineBatch.RATE_MAX);
            }
            if (items.size() > QuarantineBatch.TICKED_MAX) {
                throw new IllegalArgumentException("At most " + QuarantineBatch.TICKED_MAX + " can be ticked");
            }
            if (act == Act.DISCARD && (reason == null || reason.isBlank())) {
                throw new IllegalArgumentException("Items are discarded for a reason");
            }
        }
    }

    /** How many items this would be about now. */
    public long count(Filter filter, List<ReceiptId> items) {
        if (items.isEmpty()) {
            return counts.count(filter);
        }
        return jdbc.sql("select count(*) from quarantine q where " + filter.where() + ticked(items))
                .params(filter.params())
                .param("items", hex(items))
                .query(Long.class)
                .single();
    }

    /** Begins a batch, which is done in the background from now on, also after a restart. */
    public QuarantineBatch start(Asked asked, String actor) {
        return start(asked, null, count(asked.filter(), asked.items()), actor);
    }

    private QuarantineBatch start(Asked asked, @Nullable Long ofBatch, long total, String actor) {
        return Objects.requireNonNull(transaction.<QuarantineBatch>execute(status -> {
            var batch = batches.start(new Batches.Asked(
                    asked.act().code(),
                    State.RUNNING,
                    actor,
                    CleanText.ofNullable(asked.reason(), Reason.LENGTH_MAX),
                    asked.rate(),
                    QuarantineBatch.about(asked.filter(), asked.items(), ofBatch),
                    total));
            record(batch.id(), actor, action(asked.act()), total + " items asked for", asked.reason());
            return QuarantineBatch.of(batch);
        }));
    }

    /** Brings back what a batch discarded; empty where it discarded nothing that is still there. */
    public Optional<QuarantineBatch> undo(long id, String actor) {
        long total = jdbc.sql("select count(*) from quarantine where batch = ? and discarded_at is not null")
                .param(id)
                .query(Long.class)
                .single();
        if (total == 0 || find(id).filter(batch -> batch.act() == Act.DISCARD).isEmpty()) {
            return Optional.empty();
        }
        cancel(id, actor);
        var asked = new Asked(Act.RESTORE, Filter.all(true), List.of(), QuarantineBatch.RATE_MAX, null);
        return Optional.of(start(asked, id, total, actor));
    }

    public boolean pause(long id, String actor) {
        return change(() -> batches.pause(id, ACTS), id, State.PAUSED, actor);
    }

    public boolean resume(long id, String actor) {
        return change(() -> batches.resume(id, ACTS), id, State.RUNNING, actor);
    }

    /** What is in hand is dealt with; what was done stays done. */
    public boolean cancel(long id, String actor) {
        return change(() -> batches.cancel(id, ACTS), id, State.CANCELLED, actor);
    }

    private boolean change(BooleanSupplier change, long id, State to, String actor) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean changed = change.getAsBoolean();
            if (changed) {
                record(id, actor, Action.CHANGED, to.label().toLowerCase(Locale.ROOT), null);
            }
            return changed;
        }));
    }

    private void record(long id, String actor, Action action, String detail, @Nullable String reason) {
        audit.record(new AuditEvent(actor, action, subject(id), detail, null, reason));
    }

    /** What the trail says of a batch as a whole; each of its items has its own line. */
    public static Subject subject(long id) {
        return new Subject("quarantine-batch", Long.toString(id));
    }

    static Action action(Act act) {
        return switch (act) {
            case REPLAY -> Action.REPLAYED;
            case TRY -> Action.LOOKED;
            case DISCARD -> Action.DISCARDED;
            case RESTORE -> Action.RESTORED;
        };
    }

    /** The newest first. */
    public List<QuarantineBatch> recent() {
        return batches.recent(ACTS, SHOWN_MAX).stream().map(QuarantineBatch::of).toList();
    }

    public Optional<QuarantineBatch> find(long id) {
        return batches.find(id, ACTS).map(QuarantineBatch::of);
    }

    static String ticked(List<ReceiptId> items) {
        return items.isEmpty()
                ? " and (:items::text[] is null or cardinality(:items::text[]) = 0)"
                : " and q.receipt_id = any(:items::text[])";
    }

    static String[] hex(List<ReceiptId> ids) {
        return ids.stream().map(ReceiptId::hex).toArray(String[]::new);
    }
}
