package org.postbag.console.again;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.again.AgainBatch.From;
import org.postbag.receiving.Channel;
import org.postbag.staff.Reason;
import org.postbag.work.Batch.State;
import org.postbag.work.Batches;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Spans of days that are read again: asked for, counted, sent, paused, cancelled. {@link Resending} and {@link Rereading} do them. */
@Component
@Profile("!command")
class AgainBatches {

    private static final int SHOWN_MAX = 25;

    private final Batches batches;
    private final RouteSources sources;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    AgainBatches(Batches batches, RouteSources sources, AuditTrail audit, TransactionTemplate transaction) {
        this.batches = batches;
        this.sources = sources;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** Begins to count what lies in the raw store; nothing is sent by it. */
    AgainBatch count(Channel channel, @Nullable String route, LocalDate first, LocalDate last, String actor) {
        return count(From.RAW, channel, route, first, last, actor);
    }

    /**
     * Begins to count what lies at a route's source; nothing is taken in by it.
     *
     * @throws IllegalArgumentException where nothing of it can be read again; its message says why
     */
    AgainBatch countSource(String route, LocalDate first, LocalDate last, String actor) {
        var channel = sources.readable(route, last);
        return count(From.ROUTE, channel, route, first, last, actor);
    }

    private AgainBatch count(
            From from, Channel channel, @Nullable String route, LocalDate first, LocalDate last, String actor) {
        if (last.isBefore(first) || first.plusDays(AgainBatch.DAYS_MAX).isBefore(last)) {
            throw new IllegalArgumentException("A span is of 1 to " + AgainBatch.DAYS_MAX + " days");
        }
        return Objects.requireNonNull(transaction.<AgainBatch>execute(status -> {
            var batch = batches.start(new Batches.Asked(
                    from.act(),
                    State.COUNTING,
                    actor,
                    null,
                    AgainBatch.RATE_USUAL,
                    AgainBatch.about(channel, route, first, last),
                    0));
            record(
                    batch.id(),
                    actor,
                    Action.LOOKED,
                    "counted " + (from == From.ROUTE ? "at the source " : "") + channel.code()
                            + (route == null ? "" : " " + route) + " from " + first + " to " + last,
                    null);
            return AgainBatch.of(batch);
        }));
    }

    /** Begins to send or read what was counted: items that the record doesn't know, or every one. */
    boolean send(long id, boolean every, int rate, String reason, String actor) {
        if (rate < 1 || rate > AgainBatch.RATE_MAX || reason.isBlank() || reason.length() > Reason.LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "A rate is from 1 to " + AgainBatch.RATE_MAX + ", and there is a reason");
        }
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean begun =
                    batches.begin(id, AgainBatch.ACTS, rate, reason, Map.of(AgainBatch.EVERY, Boolean.toString(every)));
            if (begun) {
                var batch = find(id).orElseThrow();
                record(
                        id,
                        actor,
                        Action.SENT_AGAIN,
                        batch.toSend()
                                + (batch.isOfSource() ? " items of " + batch.route() : " receipts of ")
                                + (batch.isOfSource() ? "" : batch.channel().code()),
                        reason);
            }
            return begun;
        }));
    }

    boolean pause(long id, String actor) {
        return change(() -> batches.pause(id, AgainBatch.ACTS), id, State.PAUSED, actor);
    }

    /** Goes on where it was paused. */
    boolean resume(long id, String actor) {
        return change(() -> batches.resume(id, AgainBatch.ACTS), id, State.RUNNING, actor);
    }

    boolean cancel(long id, String actor) {
        return change(() -> batches.cancel(id, AgainBatch.ACTS), id, State.CANCELLED, actor);
    }

    private boolean change(BooleanSupplier change, long id, State to, String actor) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean changed = change.getAsBoolean();
            if (changed) {
                record(id, actor, Action.CHANGED, to.code(), null);
            }
            return changed;
        }));
    }

    private void record(long id, String actor, Action action, String detail, @Nullable String reason) {
        audit.record(new AuditEvent(actor, action, subject(id), detail, null, reason));
    }

    static Subject subject(long id) {
        return new Subject("again-batch", Long.toString(id));
    }

    List<AgainBatch> recent() {
        return batches.recent(AgainBatch.ACTS, SHOWN_MAX).stream()
                .map(AgainBatch::of)
                .toList();
    }

    Optional<AgainBatch> find(long id) {
        return batches.find(id, AgainBatch.ACTS).map(AgainBatch::of);
    }
}
