package org.postbag.console.again;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.again.AgainBatch.Counts;
import org.postbag.console.again.AgainBatch.State;
import org.postbag.receiving.Channel;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Spans of days that are read again: asked for, counted, sent, paused, cancelled. {@link AgainWork} does them. */
@Component
@Profile("!command")
class AgainBatches {

    private static final Duration KEPT_FOR = Duration.ofDays(90);
    private static final int SHOWN_MAX = 25;

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    AgainBatches(JdbcClient jdbc, AuditTrail audit, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Begins to count; nothing is sent by it. */
    AgainBatch count(Channel channel, @Nullable String route, LocalDate first, LocalDate last, String actor) {
        if (last.isBefore(first) || first.plusDays(AgainBatch.DAYS_MAX).isBefore(last)) {
            throw new IllegalArgumentException("A span is of 1 to " + AgainBatch.DAYS_MAX + " days");
        }
        return Objects.requireNonNull(transaction.<AgainBatch>execute(status -> {
            var now = clock.instant();
            jdbc.sql(
                            "delete from again_batch where asked_at < ?::timestamptz and state in ('counted', 'done', 'cancelled')")
                    .param(now.minus(KEPT_FOR).toString())
                    .update();
            long id = jdbc.sql("""
                            insert into again_batch (source, state, asked_by, asked_at, channel, route, first_day, last_day, next_at)
                            values ('raw', 'counting', :by, :now::timestamptz, :channel, :route, :first::date, :last::date, :now::timestamptz)
                            returning id
                            """)
                    .param("by", actor)
                    .param("now", now.toString())
                    .param("channel", channel.code())
                    .param("route", route)
                    .param("first", first.toString())
                    .param("last", last.toString())
                    .query(Long.class)
                    .single();
            record(
                    id,
                    actor,
                    Action.LOOKED,
                    "counted " + channel.code() + (route == null ? "" : " " + route) + " from " + first + " to " + last,
                    null);
            return find(id).orElseThrow();
        }));
    }

    /** Begins to send what was counted: the receipts of items that the record doesn't know, or of every one. */
    boolean send(long id, boolean every, int rate, String reason, String actor) {
        if (rate < 1 || rate > AgainBatch.RATE_MAX || reason.isBlank()) {
            throw new IllegalArgumentException(
                    "A rate is from 1 to " + AgainBatch.RATE_MAX + ", and there is a reason");
        }
        return Boolean.TRUE.equals(transaction.execute(status -> {
            int begun = jdbc.sql("""
                            update again_batch set state = 'running', every = :every, rate = :rate, reason = :reason, at_day = null, after_id = '',
                                next_at = :now::timestamptz
                            where id = :id and state = 'counted'
                            """)
                    .param("id", id)
                    .param("every", every)
                    .param("rate", rate)
                    .param("reason", reason)
                    .param("now", clock.instant().toString())
                    .update();
            if (begun > 0) {
                var batch = find(id).orElseThrow();
                record(
                        id,
                        actor,
                        Action.SENT_AGAIN,
                        batch.toSend() + " receipts of " + batch.channel().code(),
                        reason);
            }
            return begun > 0;
        }));
    }

    boolean pause(long id, String actor) {
        return change(id, State.PAUSED, actor);
    }

    /** Goes on where it was paused. */
    boolean resume(long id, String actor) {
        return find(id).filter(batch -> batch.state() == State.PAUSED).isPresent() && change(id, State.RUNNING, actor);
    }

    boolean cancel(long id, String actor) {
        return change(id, State.CANCELLED, actor);
    }

    private boolean change(long id, State to, String actor) {
        var from = Arrays.stream(State.values())
                .filter(state -> state.next().contains(to))
                .map(State::code)
                .toArray(String[]::new);
        return Boolean.TRUE.equals(transaction.execute(status -> {
            int changed = jdbc.sql("""
                            update again_batch set state = :to, next_at = :now::timestamptz,
                                ended_at = case when :to = 'cancelled' then :now::timestamptz end
                            where id = :id and state = any(:from::text[])
                            """)
                    .param("id", id)
                    .param("to", to.code())
                    .param("from", from)
                    .param("now", clock.instant().toString())
                    .update();
            if (changed > 0) {
                record(id, actor, Action.CHANGED, to.code(), null);
            }
            return changed > 0;
        }));
    }

    private void record(long id, String actor, Action action, String detail, @Nullable String reason) {
        audit.record(new AuditEvent(actor, action, subject(id), detail, null, reason));
    }

    static Subject subject(long id) {
        return new Subject("again-batch", Long.toString(id));
    }

    List<AgainBatch> recent() {
        return jdbc.sql("select * from again_batch order by id desc limit " + SHOWN_MAX)
                .query((row, n) -> batch(row))
                .list();
    }

    Optional<AgainBatch> find(long id) {
        return jdbc.sql("select * from again_batch where id = ?")
                .param(id)
                .query((row, n) -> batch(row))
                .optional();
    }

    static AgainBatch batch(ResultSet row) throws SQLException {
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        return new AgainBatch(
                row.getLong("id"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("asked_by"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                Channel.of(row.getString("channel")).orElseThrow(),
                row.getString("route"),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                row.getBoolean("every"),
                row.getInt("rate"),
                row.getObject("at_day", LocalDate.class),
                row.getString("after_id"),
                new Counts(
                        row.getLong("raw"),
                        row.getLong("filed"),
                        row.getLong("quarantined"),
                        row.getLong("discarded"),
                        row.getLong("erased"),
                        row.getLong("waiting"),
                        row.getLong("missing"),
                        row.getLong("damaged")),
                row.getLong("sent"),
                row.getString("fault"),
                ended == null ? null : ended.toInstant());
    }
}
