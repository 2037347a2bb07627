package org.postbag.enquiries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.QuarantineBatch.Act;
import org.postbag.enquiries.QuarantineBatch.State;
import org.postbag.enquiries.QuarantineFinding.Filter;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ReceiptId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Batches of quarantine: asked for, paused, gone on with, cancelled. {@link QuarantineBatchWork} does them. */
@Component
public class QuarantineBatches {

    /** Longer than what they discarded can be brought back. */
    static final Duration KEPT_FOR = Duration.ofDays(Quarantine.DISCARDED_DAYS + 10L);

    private static final int SHOWN_MAX = 50;

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    QuarantineBatches(JdbcClient jdbc, AuditTrail audit, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
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
            var now = clock.instant();
            jdbc.sql("delete from quarantine_batch where ended_at < :before::timestamptz")
                    .param("before", now.minus(KEPT_FOR).toString())
                    .update();
            var filter = asked.filter();
            long id = jdbc.sql("""
                            insert into quarantine_batch (act, state, asked_by, asked_at, reason, rate, channel, route, reason_code, day, items, of_batch,
                                total, next_at)
                            values (:act, 'running', :by, :now::timestamptz, :reason, :rate, :channel, :route, :reasonCode, :day::date, :items::text[],
                                :ofBatch, :total, :now::timestamptz)
                            returning id
                            """)
                    .param("act", asked.act().code())
                    .param("by", actor)
                    .param("now", now.toString())
                    .param("reason", CleanText.ofNullable(asked.reason(), Quarantine.REASON_LENGTH_MAX))
                    .param("rate", asked.rate())
                    .param(
                            "channel",
                            filter.channel() == null ? null : filter.channel().code())
                    .param("route", filter.route())
                    .param("reasonCode", filter.reasonCode())
                    .param("day", filter.day() == null ? null : filter.day().toString())
                    .param("items", asked.items().isEmpty() ? null : hex(asked.items()))
                    .param("ofBatch", ofBatch)
                    .param("total", total)
                    .query(Long.class)
                    .single();
            record(id, actor, action(asked.act()), total + " items asked for", asked.reason());
            return find(id).orElseThrow();
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
        change(id, State.CANCELLED, actor);
        var asked = new Asked(Act.RESTORE, Filter.all(true), List.of(), QuarantineBatch.RATE_MAX, null);
        return Optional.of(start(asked, id, total, actor));
    }

    public boolean pause(long id, String actor) {
        return change(id, State.PAUSED, actor);
    }

    public boolean resume(long id, String actor) {
        return change(id, State.RUNNING, actor);
    }

    /** What is in hand is dealt with; what was done stays done. */
    public boolean cancel(long id, String actor) {
        return change(id, State.CANCELLED, actor);
    }

    private boolean change(long id, State to, String actor) {
        var from = Arrays.stream(State.values())
                .filter(state -> state.next().contains(to))
                .map(State::code)
                .toArray(String[]::new);
        return Boolean.TRUE.equals(transaction.execute(status -> {
            int changed = jdbc.sql("""
                            update quarantine_batch set state = :to, next_at = :now::timestamptz,
                                ended_at = case when :to = 'cancelled' then :now::timestamptz end
                            where id = :id and state = any(:from::text[])
                            """)
                    .param("id", id)
                    .param("to", to.code())
                    .param("from", from)
                    .param("now", clock.instant().toString())
                    .update();
            if (changed > 0) {
                record(id, actor, Action.CHANGED, to.label().toLowerCase(Locale.ROOT), null);
            }
            return changed > 0;
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
        return jdbc.sql("select * from quarantine_batch order by id desc limit " + SHOWN_MAX)
                .query((row, n) -> batch(row))
                .list();
    }

    public Optional<QuarantineBatch> find(long id) {
        return jdbc.sql("select * from quarantine_batch where id = ?")
                .param(id)
                .query((row, n) -> batch(row))
                .optional();
    }

    static String ticked(List<ReceiptId> items) {
        return items.isEmpty()
                ? " and (:items::text[] is null or cardinality(:items::text[]) = 0)"
                : " and q.receipt_id = any(:items::text[])";
    }

    static String[] hex(List<ReceiptId> ids) {
        return ids.stream().map(ReceiptId::hex).toArray(String[]::new);
    }

    static QuarantineBatch batch(ResultSet row) throws SQLException {
        var act = Act.valueOf(row.getString("act").toUpperCase(Locale.ROOT));
        var channel = row.getString("channel");
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        long of = row.getLong("of_batch");
        Long ofBatch = row.wasNull() ? null : of;
        return new QuarantineBatch(
                row.getLong("id"),
                act,
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("asked_by"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getInt("rate"),
                new Filter(
                        act == Act.RESTORE,
                        channel == null ? null : Channel.of(channel).orElseThrow(),
                        row.getString("route"),
                        row.getString("reason_code"),
                        row.getObject("day", LocalDate.class)),
                ids(row, "items"),
                ofBatch,
                row.getLong("total"),
                row.getLong("done"),
                row.getLong("again"),
                row.getLong("refused"),
                ids(row, "in_hand").size(),
                told(row.getString("told")),
                ended == null ? null : ended.toInstant());
    }

    static List<ReceiptId> ids(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null
                ? List.of()
                : Arrays.stream((String[]) array.getArray()).map(ReceiptId::new).toList();
    }

    static Map<String, Long> told(String json) {
        var told = new LinkedHashMap<String, Long>();
        JsonMapper.shared().readTree(json).properties().stream()
                .sorted((one, other) ->
                        Long.compare(other.getValue().asLong(), one.getValue().asLong()))
                .forEach(entry -> told.put(entry.getKey(), entry.getValue().asLong()));
        return told;
    }
}
