package org.postbag.work;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postbag.work.Batch.State;
import org.postbag.work.BatchAct.Away;
import org.postbag.work.BatchAct.Dealt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does batches, a few items at a time at the rate that was asked for, on whichever node comes first. What is in hand and up to where it went stand in the
 * batch's row: after a crash it is gone on with, and what was dealt with is counted once.
 */
@Component
@Profile("!command")
public class BatchWork {

    private static final Duration AWAY_WAIT = Duration.ofSeconds(10);
    private static final Duration TURN_MAX = Duration.ofMillis(900);
    /** How far a batch may make up for time that it lost. */
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(BatchWork.class);

    private final JdbcClient jdbc;
    private final ObjectProvider<BatchAct> acts;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Set<BatchAct> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    BatchWork(JdbcClient jdbc, ObjectProvider<BatchAct> acts, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.acts = acts;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Each kind in a thread of its own: one whose server hangs keeps none of the others up. */
    @Scheduled(fixedDelayString = "PT0.5S", initialDelayString = "PT5S")
    void turn() {
        acts.forEach(act -> {
            if (busy.add(act)) {
                Thread.ofVirtual().name("batch-work").start(() -> turn(act));
            }
        });
    }

    private void turn(BatchAct act) {
        var end = clock.instant().plus(TURN_MAX);
        try {
            while (!ending && step(act) && clock.instant().isBefore(end)) {
                // More is due already.
            }
        } catch (RuntimeException away) {
            if (!ending) {
                LOG.warn("Batches go on later: {}", away.getClass().getName());
            }
        } finally {
            busy.remove(act);
        }
    }

    @PreDestroy
    void end() {
        ending = true;
    }

    /** Deals with what is due next of one batch of each kind. False where nothing is, or a server is away. */
    public boolean step() {
        boolean more = false;
        for (var act : acts) {
            more |= step(act);
        }
        return more;
    }

    private boolean step(BatchAct act) {
        var taken = Objects.requireNonNull(transaction.<Optional<InHand>>execute(status -> take(act, clock.instant())));
        if (taken.isEmpty()) {
            return false;
        }
        var batch = taken.get().batch();
        if (taken.get().done()) {
            return true;
        }
        try {
            var dealt = act.deal(batch);
            transaction.executeWithoutResult(status -> settle(batch, dealt));
            return true;
        } catch (Away away) {
            LOG.warn("Batch {} waits for a server that is away", batch.id());
            hold(batch.id(), clock.instant().plus(AWAY_WAIT), away.words());
            return false;
        }
    }

    /** @param done whether nothing is left to deal with */
    private record InHand(Batch batch, boolean done) {}

    private Optional<InHand> take(BatchAct act, Instant now) {
        var due = jdbc.sql("""
                        select * from batch
                        where act = any(:acts::text[]) and (state in ('counting', 'running') and next_at <= :now::timestamptz or in_hand <> '{}')
                            and (held_until is null or held_until <= :now::timestamptz)
                        order by next_at, id limit 1 for update skip locked
                        """)
                .param("acts", act.acts().toArray(String[]::new))
                .param("now", now.toString())
                .query((row, n) -> Batches.batch(row))
                .optional();
        if (due.isEmpty()) {
            return Optional.empty();
        }
        var batch = due.get();
        if (!batch.inHand().isEmpty()) {
            hold(batch.id(), now.plus(act.heldFor()), batch.fault());
            return Optional.of(new InHand(batch, false));
        }
        var taken = act.take(batch, now);
        if (taken.isEmpty()) {
            jdbc.sql("update batch set state = 'done', ended_at = ?::timestamptz where id = ?")
                    .params(now.toString(), batch.id())
                    .update();
            return Optional.of(new InHand(batch, true));
        }
        var next = taken.get();
        var inHand = batch.inHand(next.place(), next.inHand(), added(batch.counts(), next.counts()));
        keep(inHand, next.done() ? null : now.plus(act.heldFor()));
        pace(batch.id(), next.paced(), null, now);
        return Optional.of(new InHand(inHand, next.done()));
    }

    private static Map<String, Long> added(Map<String, Long> counts, Map<String, Long> more) {
        var sum = new HashMap<>(counts);
        more.forEach((name, number) -> sum.merge(name, number, Long::sum));
        return sum;
    }

    private void keep(Batch batch, @Nullable Instant heldUntil) {
        jdbc.sql("""
                        update batch set place = :place, in_hand = :inHand::text[], counts = :counts::jsonb, held_until = :held::timestamptz
                        where id = :id
                        """)
                .param("id", batch.id())
                .param("place", batch.place())
                .param("inHand", batch.inHand().toArray(String[]::new))
                .param("counts", Batches.json(batch.counts()))
                .param("held", heldUntil == null ? null : heldUntil.toString())
                .update();
    }

    /** Counted once, by whoever comes first. */
    private void settle(Batch batch, Dealt dealt) {
        var now = clock.instant();
        var before = jdbc.sql(
                        "select * from batch where id = :id and place = :place and in_hand = :inHand::text[] for update")
                .param("id", batch.id())
                .param("place", batch.place())
                .param("inHand", batch.inHand().toArray(String[]::new))
                .query((row, n) -> Batches.batch(row))
                .optional();
        // What was counted may have begun meanwhile, at the same place.
        if (before.isEmpty() || batch.state() == State.COUNTING && before.get().state() != State.COUNTING) {
            return;
        }
        keep(before.get().inHand(dealt.place(), List.of(), added(before.get().counts(), dealt.counts())), null);
        jdbc.sql("update batch set fault = null where id = ? and fault is not null")
                .param(batch.id())
                .update();
        pace(batch.id(), dealt.paced(), dealt.notBefore(), now);
        if (dealt.next() != null) {
            jdbc.sql("""
                            update batch set state = :next, ended_at = case when :over then :now::timestamptz end where id = :id and state = :state
                            """)
                    .param("id", batch.id())
                    .param("state", batch.state().code())
                    .param("next", dealt.next().code())
                    .param("over", dealt.next().isOver())
                    .param("now", now.toString())
                    .update();
        }
    }

    /** When the next are due: so long after these were as so many items take at the rate. */
    private void pace(long id, int items, @Nullable Instant notBefore, Instant now) {
        jdbc.sql("""
                        update batch set next_at = greatest(
                            greatest(next_at, :earliest::timestamptz) + make_interval(secs => :items::float8 * 60 / rate), :notBefore::timestamptz)
                        where id = :id
                        """)
                .param("id", id)
                .param("items", items)
                .param("earliest", now.minus(CATCH_UP_MAX).toString())
                .param("notBefore", notBefore == null ? null : notBefore.toString())
                .update();
    }

    private void hold(long id, Instant until, @Nullable String fault) {
        jdbc.sql("update batch set held_until = :until::timestamptz, fault = :fault where id = :id")
                .param("id", id)
                .param("until", until.toString())
                .param("fault", fault)
                .update();
    }
}
