package org.postbag.console.again;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.postbag.enquiries.NotReplayed;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.IdentityKey;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.Reconciliation;
import org.postbag.receiving.RereadSource;
import org.postbag.receiving.RereadSource.Piece;
import org.postbag.receiving.RereadSource.Reading;
import org.postbag.work.Batch;
import org.postbag.work.Batch.State;
import org.postbag.work.BatchAct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts what lies at a route's source of a span of days, and takes it in by the way that its route does, so that each item is there once. What was erased, and
 * what belongs to something erased or to somebody who is restricted, is never handed over. The poller isn't disturbed: it has its own connection and cursor.
 */
@Component
@Profile("!command")
class Rereading implements BatchAct {

    private static final int ITEMS_AT_ONCE_MAX = 200;
    /** What the law erased is handed over by nobody. */
    private static final Set<String> NEVER = Set.of("erased", AgainBatch.REFUSED);

    private static final Duration HELD_BEYOND = Duration.ofMinutes(1);
    /** A source is let go when nothing was asked of it for so long. */
    private static final Duration IDLE_MAX = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Rereading.class);

    private final RouteSources sources;
    private final Receiver receiver;
    private final IdentityKey identity;
    private final Reconciliation record;
    private final NotReplayed notReplayed;
    private final Clock clock;
    private final Duration timeMax;
    private final OpenReading open;
    private volatile Instant used = Instant.MIN;

    Rereading(
            RouteSources sources,
            Receiver receiver,
            IdentityKey identity,
            Reconciliation record,
            NotReplayed notReplayed,
            Clock clock,
            @Value("${postbag.routes.reread-time:2m}") Duration timeMax) {
        this.sources = sources;
        this.receiver = receiver;
        this.identity = identity;
        this.record = record;
        this.notReplayed = notReplayed;
        this.clock = clock;
        this.timeMax = timeMax;
        this.open = new OpenReading(timeMax);
    }

    @Override
    public Set<String> acts() {
        return Set.of(AgainBatch.From.ROUTE.act());
    }

    @Override
    public Duration heldFor() {
        return timeMax.plus(HELD_BEYOND);
    }

    @Override
    public Dealt deal(Batch batch) throws Away {
        var again = AgainBatch.of(batch);
        var asked = sources.asked(again)
                .orElseThrow(() ->
                        new Away("The route is there no more, or its source can’t be read again as it is set now"));
        used = Instant.MAX;
        boolean counts = batch.state() == State.COUNTING;
        int most = counts ? ITEMS_AT_ONCE_MAX : batch.itemsAtOnce(ITEMS_AT_ONCE_MAX);
        try {
            var dealt = open.next(
                    asked,
                    batch.id(),
                    batch.place(),
                    most,
                    (reading, piece) -> counts ? counted(piece) : read(again, reading, piece));
            if (dealt.next() != null) {
                open.close();
            }
            return dealt;
        } catch (RereadSource.Away away) {
            LOG.warn("The source of route {} can't be read again now", again.route());
            throw new Away(sentence(String.valueOf(away.getMessage())));
        } catch (ReceivingUnavailable away) {
            throw new Away(String.valueOf(away.getMessage()));
        } finally {
            used = clock.instant();
        }
    }

    private static String sentence(String words) {
        var first = words.isEmpty() ? "" : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return "The source can’t be read: " + (first.endsWith(".") ? first.substring(0, first.length() - 1) : first);
    }

    /** An item, what the record says of it ({@code missing} where it says nothing), or that it may not be filed. */
    private record Told(Arrival arrival, String state) {}

    private List<Told> told(List<Arrival> arrivals) {
        var byId = new LinkedHashMap<ReceiptId, Arrival>();
        arrivals.forEach(arrival -> byId.putIfAbsent(identity.receiptId(arrival), arrival));
        var states = record.statesOf(byId.keySet());
        var unknown = new ArrayList<NotReplayed.Offered>();
        byId.forEach((id, arrival) -> {
            if (!states.containsKey(id)) {
                unknown.add(new NotReplayed.Offered(receipt(id, arrival), arrival.content()));
            }
        });
        var refused = notReplayed.ofUnknown(unknown).keySet();
        var told = new ArrayList<Told>();
        byId.forEach((id, arrival) -> told.add(new Told(
                arrival, refused.contains(id) ? AgainBatch.REFUSED : states.getOrDefault(id, AgainBatch.MISSING))));
        return told;
    }

    private Receipt receipt(ReceiptId id, Arrival arrival) {
        var series = arrival.series();
        var key = series == null ? null : identity.series(arrival.channel(), series);
        return Receipt.of(id, arrival, key, clock.instant(), null);
    }

    private Dealt counted(Piece piece) {
        var counts = new HashMap<String, Long>();
        told(piece.items()).forEach(item -> counts.merge(item.state(), 1L, Long::sum));
        if (piece.damaged() > 0) {
            counts.put(AgainBatch.DAMAGED, (long) piece.damaged());
        }
        return new Dealt(piece.place(), 0, counts, piece.last() ? State.COUNTED : null, piece.nextAt());
    }

    private Dealt read(AgainBatch batch, Reading reading, Piece piece) {
        var items = told(piece.items()).stream()
                .filter(item -> batch.every()
                        ? !NEVER.contains(item.state())
                        : item.state().equals(AgainBatch.MISSING))
                .map(Told::arrival)
                .toList();
        if (!items.isEmpty()) {
            receiver.receive(reading.whole(items));
        }
        return new Dealt(
                piece.place(),
                items.size(),
                Map.of(AgainBatch.SENT, (long) items.size()),
                piece.last() ? State.DONE : null,
                piece.nextAt());
    }

    @Scheduled(fixedDelayString = "PT30S", initialDelayString = "PT30S")
    void letGoWhatIsIdle() {
        if (used.isBefore(clock.instant().minus(IDLE_MAX))) {
            open.close();
        }
    }

    @PreDestroy
    void end() {
        open.close();
    }
}
