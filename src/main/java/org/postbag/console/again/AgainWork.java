package org.postbag.console.again;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.console.again.AgainBatch.State;
import org.postbag.receiving.Channel;
import org.postbag.receiving.DamagedRawItem;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.ReceiptsSentAgain;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.Reconciliation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts spans of days in the raw store and sends their receipts again, a day and then a few receipts at a time, on whichever node comes first. Its place
 * stands in the batch's row; a receipt that is sent once more after a crash changes nothing.
 */
@Component
@Profile("!command")
class AgainWork {

    static final Duration HELD_FOR = Duration.ofMinutes(2);

    private static final Duration AWAY_WAIT = Duration.ofSeconds(10);
    private static final Duration TURN_MAX = Duration.ofMillis(900);
    private static final int RECEIPTS_AT_ONCE_MAX = 1_000;
    private static final int LOOKED_AT_ONCE_MAX = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(AgainWork.class);

    private final JdbcClient jdbc;
    private final RawStore raw;
    private final Reconciliation record;
    private final ReceiptsSentAgain sender;
    private final TransactionTemplate transaction;
    private final Clock clock;

    AgainWork(
            JdbcClient jdbc,
            RawStore raw,
            Reconciliation record,
            ReceiptsSentAgain sender,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.raw = raw;
        this.record = record;
        this.sender = sender;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT0.5S", initialDelayString = "PT5S")
    void turn() {
        var end = clock.instant().plus(TURN_MAX);
        try {
            while (step() && clock.instant().isBefore(end)) {
                // More is due already.
            }
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("What is read again goes on later: {}", away.getClass().getSimpleName());
        }
    }

    /** One day is counted, or a few receipts are sent. False where nothing is due. */
    boolean step() {
        var due = Objects.requireNonNull(transaction.<Optional<AgainBatch>>execute(status -> take(clock.instant())));
        if (due.isEmpty()) {
            return false;
        }
        var batch = due.get();
        try {
            if (batch.state() == State.COUNTING) {
                count(batch);
            } else {
                send(batch);
            }
            return true;
        } catch (IOException | ReceivingUnavailable away) {
            LOG.warn("What is read again, number {}, waits for a server that is away", batch.id());
            wait(batch, away instanceof IOException ? "The raw store is away" : "Kafka is away");
            return false;
        }
    }

    private Optional<AgainBatch> take(Instant now) {
        var due = jdbc.sql("""
                        select * from again_batch where state in ('counting', 'running') and next_at <= ?::timestamptz
                        order by next_at, id limit 1 for update skip locked
                        """)
                .param(now.toString())
                .query((row, n) -> AgainBatches.batch(row))
                .optional();
        due.ifPresent(batch -> jdbc.sql("update again_batch set next_at = ?::timestamptz where id = ?")
                .params(now.plus(HELD_FOR).toString(), batch.id())
                .update());
        return due;
    }

    private void wait(AgainBatch batch, String fault) {
        jdbc.sql("update again_batch set fault = ?, next_at = ?::timestamptz where id = ?")
                .params(fault, clock.instant().plus(AWAY_WAIT).toString(), batch.id())
                .update();
    }

    /** The days of the span that hold anything, from where it is on. */
    private List<LocalDate> days(AgainBatch batch, @Nullable LocalDate from) throws IOException {
        return raw.days(batch.channel()).stream()
                .filter(day -> !day.isBefore(from == null ? batch.first() : from) && !day.isAfter(batch.last()))
                .toList();
    }

    private void count(AgainBatch batch) throws IOException {
        var at = batch.atDay();
        var days = days(batch, at == null ? null : at.plusDays(1));
        if (days.isEmpty()) {
            jdbc.sql("""
                            update again_batch set state = 'counted', fault = null, next_at = ?::timestamptz where id = ? and state = 'counting'
                            """).params(clock.instant().toString(), batch.id()).update();
            return;
        }
        var counts = new HashMap<String, Long>();
        var ids = raw.ids(batch.channel(), days.getFirst()).stream().sorted().toList();
        for (int from = 0; from < ids.size(); from += LOOKED_AT_ONCE_MAX) {
            count(batch, ids.subList(from, Math.min(ids.size(), from + LOOKED_AT_ONCE_MAX)), counts);
        }
        keep(batch, days.getFirst(), counts);
    }

    private void count(AgainBatch batch, List<ReceiptId> ids, Map<String, Long> counts) throws IOException {
        var known = record.statesOf(ids);
        jdbc.sql("""
                        select state, count(*) as number from receipt where id = any(:ids::text[]) and (:route::text is null or route = :route)
                        group by state
                        """)
                .param("ids", ids.stream().map(ReceiptId::hex).toArray(String[]::new))
                .param("route", batch.route())
                .query(row -> {
                    counts.merge(row.getString("state"), row.getLong("number"), Long::sum);
                });
        for (var id : ids) {
            if (!known.containsKey(id)) {
                switch (header(id, batch.channel())) {
                    case Header.There there when isOf(batch, there.receipt()) -> counts.merge("missing", 1L, Long::sum);
                    case Header.Damaged _ -> counts.merge("damaged", 1L, Long::sum);
                    case Header.There _, Header.Gone _ -> {}
                }
            }
        }
    }

    private static boolean isOf(AgainBatch batch, Receipt receipt) {
        return batch.route() == null || receipt.route().equals(batch.route());
    }

    private void keep(AgainBatch batch, LocalDate day, Map<String, Long> counts) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        jdbc.sql("""
                        update again_batch set at_day = :day::date, raw = raw + :all, filed = filed + :filed, quarantined = quarantined + :quarantined,
                            discarded = discarded + :discarded, erased = erased + :erased, waiting = waiting + :waiting,
                            missing = missing + :missing, damaged = damaged + :damaged, fault = null, next_at = :now::timestamptz
                        where id = :id and state = 'counting' and at_day is not distinct from :before::date
                        """)
                .param("id", batch.id())
                .param("day", day.toString())
                .param("before", batch.atDay() == null ? null : batch.atDay().toString())
                .param("all", all)
                .param("filed", counts.getOrDefault("filed", 0L))
                .param("quarantined", counts.getOrDefault("quarantined", 0L))
                .param("discarded", counts.getOrDefault("discarded", 0L))
                .param("erased", counts.getOrDefault("erased", 0L))
                .param("waiting", counts.getOrDefault("waiting", 0L))
                .param("missing", counts.getOrDefault("missing", 0L))
                .param("damaged", counts.getOrDefault("damaged", 0L))
                .param("now", clock.instant().toString())
                .update();
    }

    private sealed interface Header {

        record There(Receipt receipt) implements Header {}

        record Damaged() implements Header {}

        /** It was erased meanwhile. */
        record Gone() implements Header {}
    }

    private Header header(ReceiptId id, Channel channel) throws IOException {
        try {
            return raw.receipt(id, channel).<Header>map(Header.There::new).orElseGet(Header.Gone::new);
        } catch (DamagedRawItem damaged) {
            return new Header.Damaged();
        }
    }

    private void send(AgainBatch batch) throws IOException {
        var days = days(batch, batch.atDay());
        if (days.isEmpty()) {
            jdbc.sql(
                            "update again_batch set state = 'done', fault = null, ended_at = ?::timestamptz where id = ? and state = 'running'")
                    .params(clock.instant().toString(), batch.id())
                    .update();
            return;
        }
        var day = days.getFirst();
        var after = day.equals(batch.atDay()) ? batch.afterId() : "";
        var rest = raw.ids(batch.channel(), day).stream()
                .filter(id -> id.hex().compareTo(after) > 0)
                .sorted()
                .toList();
        int most = Math.clamp(batch.rate() / 60, 1, RECEIPTS_AT_ONCE_MAX);
        var looked = rest.subList(0, Math.min(rest.size(), LOOKED_AT_ONCE_MAX));
        var known = record.statesOf(looked);
        var receipts = new ArrayList<Receipt>();
        String last = after;
        for (var id : looked) {
            if (receipts.size() == most) {
                break;
            }
            last = id.hex();
            var state = known.get(id);
            // What was erased by the law is sent by nobody.
            if ((batch.every() ? !"erased".equals(state) : state == null)
                    && header(id, batch.channel()) instanceof Header.There there
                    && isOf(batch, there.receipt())) {
                receipts.add(there.receipt());
            }
        }
        sender.sendAgain(receipts);
        boolean dayIsOver = rest.isEmpty() || last.equals(rest.getLast().hex());
        advance(batch, dayIsOver ? day.plusDays(1) : day, dayIsOver ? "" : last, receipts.size());
    }

    private void advance(AgainBatch batch, LocalDate day, String after, int sent) {
        jdbc.sql("""
                        update again_batch set at_day = :day::date, after_id = :after, sent = sent + :sent, fault = null, next_at = :next::timestamptz
                        where id = :id
                        """)
                .param("id", batch.id())
                .param("day", day.toString())
                .param("after", after)
                .param("sent", sent)
                .param(
                        "next",
                        clock.instant()
                                .plusMillis(sent * 60_000L / batch.rate())
                                .toString())
                .update();
    }
}
