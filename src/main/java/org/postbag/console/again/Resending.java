package org.postbag.console.again;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.DamagedRawItem;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.ReceiptsSentAgain;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.Reconciliation;
import org.postbag.work.Batch;
import org.postbag.work.Batch.State;
import org.postbag.work.BatchAct;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts spans of days in the raw store and sends their receipts again, a day and then a few receipts at a time. One that is sent once more changes nothing. */
@Component
@Profile("!command")
class Resending implements BatchAct {

    private static final int RECEIPTS_AT_ONCE_MAX = 1_000;
    private static final int LOOKED_AT_ONCE_MAX = 5_000;

    private final JdbcClient jdbc;
    private final RawStore raw;
    private final Reconciliation record;
    private final ReceiptsSentAgain sender;

    Resending(JdbcClient jdbc, RawStore raw, Reconciliation record, ReceiptsSentAgain sender) {
        this.jdbc = jdbc;
        this.raw = raw;
        this.record = record;
        this.sender = sender;
    }

    @Override
    public Set<String> acts() {
        return Set.of(AgainBatch.From.RAW.act());
    }

    @Override
    public Duration heldFor() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Dealt deal(Batch batch) throws Away {
        var again = AgainBatch.of(batch);
        var place = DayPlace.parse(batch.place());
        try {
            return batch.state() == State.COUNTING ? count(again, place) : send(batch, again, place);
        } catch (IOException away) {
            throw new Away("The raw store is away");
        } catch (ReceivingUnavailable away) {
            throw new Away("Kafka is away");
        }
    }

    /** The days of the span that hold anything, from where it is on. */
    private List<LocalDate> days(AgainBatch batch, @Nullable LocalDate from) throws IOException {
        return raw.days(batch.channel()).stream()
                .filter(day -> !day.isBefore(from == null ? batch.first() : from) && !day.isAfter(batch.last()))
                .toList();
    }

    private Dealt count(AgainBatch batch, DayPlace place) throws IOException {
        var at = place.day();
        var days = days(batch, at == null ? null : at.plusDays(1));
        if (days.isEmpty()) {
            return new Dealt(place.text(), 0, Map.of(), State.COUNTED, null);
        }
        var counts = new HashMap<String, Long>();
        var ids = raw.ids(batch.channel(), days.getFirst()).stream().sorted().toList();
        for (int from = 0; from < ids.size(); from += LOOKED_AT_ONCE_MAX) {
            count(batch, ids.subList(from, Math.min(ids.size(), from + LOOKED_AT_ONCE_MAX)), counts);
        }
        return new Dealt(new DayPlace(days.getFirst(), "").text(), 0, counts, null, null);
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
                    case Header.There there
                    when isOf(batch, there.receipt()) -> counts.merge(AgainBatch.MISSING, 1L, Long::sum);
                    case Header.Damaged _ -> counts.merge(AgainBatch.DAMAGED, 1L, Long::sum);
                    case Header.There _, Header.Gone _ -> {}
                }
            }
        }
    }

    private static boolean isOf(AgainBatch batch, Receipt receipt) {
        return batch.route() == null || receipt.route().equals(batch.route());
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

    private Dealt send(Batch batch, AgainBatch again, DayPlace place) throws IOException {
        var days = days(again, place.day());
        if (days.isEmpty()) {
            return new Dealt(batch.place(), 0, Map.of(), State.DONE, null);
        }
        var day = days.getFirst();
        var after = day.equals(place.day()) ? place.after() : "";
        var rest = raw.ids(again.channel(), day).stream()
                .filter(id -> id.hex().compareTo(after) > 0)
                .sorted()
                .toList();
        int most = batch.itemsAtOnce(RECEIPTS_AT_ONCE_MAX);
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
            if ((again.every() ? !"erased".equals(state) : state == null)
                    && header(id, again.channel()) instanceof Header.There there
                    && isOf(again, there.receipt())) {
                receipts.add(there.receipt());
            }
        }
        sender.sendAgain(receipts);
        boolean dayIsOver = rest.isEmpty() || last.equals(rest.getLast().hex());
        var next = dayIsOver ? new DayPlace(day.plusDays(1), "") : new DayPlace(day, last);
        return new Dealt(next.text(), receipts.size(), Map.of(AgainBatch.SENT, (long) receipts.size()), null, null);
    }
}
