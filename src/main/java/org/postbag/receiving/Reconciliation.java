package org.postbag.receiving;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Proves that nothing was lost: what each source listed and what lies in the raw store on one side, PostgreSQL on the other. Days are days in UTC. What
 * was erased by the law is on neither side.
 */
@Component
public class Reconciliation {

    /** A year and a day. */
    public static final int DAYS_MAX = 367;

    static final int IDS_AT_ONCE_MAX = 5_000;

    private final RawStore rawStore;
    private final Tallies tallies;
    private final JdbcClient jdbc;

    Reconciliation(RawStore rawStore, Tallies tallies, JdbcClient jdbc) {
        this.rawStore = rawStore;
        this.tallies = tallies;
        this.jdbc = jdbc;
    }

    /**
     * One channel's day.
     *
     * @param received how often a source handed an item over, by the tallies, or what lies in the raw store where that is more
     * @param known how many of these were there already
     * @param waiting acknowledged and not yet filed
     * @param missing items in the database whose raw file is gone, which should not be
     */
    public record Day(
            Channel channel,
            LocalDate day,
            long received,
            long filed,
            long known,
            long quarantined,
            long discarded,
            long waiting,
            List<ReceiptId> missing) {

        public Day {
            missing = List.copyOf(missing);
        }

        /** Whether every item that was received is accounted for. */
        public boolean addsUp() {
            return missing.isEmpty() && received == filed + known + quarantined + discarded + waiting;
        }
    }

    /**
     * Every channel's days on which something was received, oldest first.
     *
     * @throws IOException if the raw store is away
     * @throws IllegalArgumentException for more than {@link #DAYS_MAX} days
     */
    public List<Day> between(LocalDate first, LocalDate last) throws IOException {
        if (first.plusDays(DAYS_MAX).isBefore(last)) {
            throw new IllegalArgumentException("At most " + DAYS_MAX + " days can be reconciled at once");
        }
        var days = new ArrayList<Day>();
        for (Channel channel : Channel.values()) {
            for (LocalDate day : daysWithItems(channel, first, last)) {
                days.add(reconcile(channel, day));
            }
        }
        return days;
    }

    private Set<LocalDate> daysWithItems(Channel channel, LocalDate first, LocalDate last) throws IOException {
        var days = new TreeSet<LocalDate>();
        days.addAll(rawStore.days(channel));
        days.addAll(tallies.days(channel));
        days.addAll(jdbc.sql("""
                        select distinct (received_at at time zone 'UTC')::date from receipt
                        where channel = :channel and received_at >= :from and received_at < :to
                        """)
                .param("channel", channel.code())
                .param("from", first.atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("to", last.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(LocalDate.class)
                .list());
        days.removeIf(day -> day.isBefore(first) || day.isAfter(last));
        return days;
    }

    private Day reconcile(Channel channel, LocalDate day) throws IOException {
        var tally = tallies.count(channel, day);
        var files = new HashSet<>(rawStore.ids(channel, day));
        var states = states(channel, day);
        var byState = new HashMap<String, Long>();
        states.values().forEach(state -> byState.merge(state, 1L, Long::sum));
        long erased = byState.getOrDefault("erased", 0L);

        var elsewhere = new HashSet<>(files);
        elsewhere.removeAll(states.keySet());
        // A file of an item that is recorded under another day counts there, and here as known: one that was erased and
        // came again, or that two took in on two sides of midnight.
        var otherDays = statesOf(elsewhere).keySet();
        long unfiled = elsewhere.size() - otherDays.size();
        files.removeAll(otherDays);
        files.removeIf(id -> "erased".equals(states.get(id)));
        var notListed = notListed(files, states);
        var missing = missing(channel, notListed);
        long lie = files.size() + notListed.size() - missing.size();
        long known = tally.known() + otherDays.size();
        return new Day(
                channel,
                day,
                Math.max(tally.listed() - erased, lie + known),
                byState.getOrDefault("filed", 0L),
                known,
                byState.getOrDefault("quarantined", 0L),
                byState.getOrDefault("discarded", 0L),
                byState.getOrDefault("waiting", 0L) + unfiled,
                missing);
    }

    private static List<ReceiptId> notListed(Set<ReceiptId> files, Map<ReceiptId, String> states) {
        return states.entrySet().stream()
                .filter(entry -> !entry.getValue().equals("erased") && !files.contains(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The files were listed before the database was asked, so what came or went between is looked for again. */
    private List<ReceiptId> missing(Channel channel, List<ReceiptId> notListed) throws IOException {
        var missing = new ArrayList<>(notListed);
        if (missing.isEmpty()) {
            return missing;
        }
        var now = new HashSet<ReceiptId>();
        for (LocalDate day : rawStore.days(channel)) {
            now.addAll(rawStore.ids(channel, day));
        }
        missing.removeIf(now::contains);
        var statesNow = statesOf(missing);
        missing.removeIf(id -> "erased".equals(statesNow.get(id)));
        return missing;
    }

    private Map<ReceiptId, String> states(Channel channel, LocalDate day) {
        var states = new LinkedHashMap<ReceiptId, String>();
        jdbc.sql("""
                        select id, state from receipt
                        where channel = :channel and received_at >= :from and received_at < :to order by id
                        """)
                .param("channel", channel.code())
                .param("from", day.atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("to", day.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    put(states, row);
                });
        return states;
    }

    /**
     * Counts items that a source listed and that aren't handed to the {@link Receiver}, since the record has them.
     *
     * @throws ReceivingUnavailable if that can't be written
     */
    public void listedAgain(Channel channel, String route, int number, Instant at) {
        try {
            tallies.addKnown(channel, route, number, at);
        } catch (IOException full) {
            throw new ReceivingUnavailable("The tally of what sources listed cannot be written", full);
        }
    }

    /** What the database knows of these: the state of each; nothing for those that it doesn't know. */
    public Map<ReceiptId, String> statesOf(Collection<ReceiptId> ids) {
        var states = new HashMap<ReceiptId, String>();
        var all = ids.stream().map(ReceiptId::hex).toList();
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE_MAX) {
            var some = all.subList(from, Math.min(all.size(), from + IDS_AT_ONCE_MAX));
            jdbc.sql("select id, state from receipt where id = any(:ids::text[])")
                    .param("ids", some.toArray(String[]::new))
                    .query(row -> {
                        put(states, row);
                    });
        }
        return states;
    }

    private static void put(Map<ReceiptId, String> states, ResultSet row) throws SQLException {
        states.put(new ReceiptId(row.getString("id")), row.getString("state"));
    }
}
