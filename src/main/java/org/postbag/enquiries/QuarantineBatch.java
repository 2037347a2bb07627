package org.postbag.enquiries;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.QuarantineFinding.Filter;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ReceiptId;
import org.postbag.work.Batch;
import org.postbag.work.Batch.State;

/**
 * Many items of quarantine that one decision is about: how far it is.
 *
 * @param askedBy {@code staff:<username>}
 * @param reason in staff's words, or null
 * @param rate items a minute
 * @param filter which items
 * @param items those that were ticked; empty: all that the filter finds
 * @param ofBatch the discarding that this one undoes, or null
 * @param total how many there were when it was asked for
 * @param done filed, discarded or brought back; of a try: those that would be filed
 * @param again still can't be filed
 * @param refused of somebody who was erased or restricted
 * @param told for which reasons how many can't be filed, the commonest first
 */
public record QuarantineBatch(
        long id,
        Act act,
        State state,
        String askedBy,
        Instant askedAt,
        @Nullable String reason,
        int rate,
        Filter filter,
        List<ReceiptId> items,
        @Nullable Long ofBatch,
        long total,
        long done,
        long again,
        long refused,
        long inHand,
        Map<String, Long> told,
        @Nullable Instant endedAt) {

    /** Items a minute: what one computer files with ease; a whole import a minute at most. */
    public static final int RATE_USUAL = 600;

    public static final int RATE_MAX = 6_000;

    /** Names of its counts: what was done, what is of somebody erased, and, with the reason behind it, what still can't be filed. */
    static final String DONE = "done";

    static final String REFUSED = "refused";
    static final String AGAIN = "again:";

    /** As many as one page shows. */
    public static final int TICKED_MAX = 100;

    public QuarantineBatch {
        items = List.copyOf(items);
    }

    /** What is done with them. */
    public enum Act {
        REPLAY("Replay"),
        /** Looks what a replay would do, and changes nothing. */
        TRY("Try"),
        DISCARD("Discard"),
        /** Brings back what one discarding took out of the way. */
        RESTORE("Bring back");

        private final String label;

        Act(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        /** The word in the database. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static QuarantineBatch of(Batch batch) {
        var act = Act.valueOf(batch.act().toUpperCase(Locale.ROOT));
        var about = batch.about();
        var channel = about.get("channel");
        var day = about.get("day");
        var ofBatch = about.get("ofBatch");
        var told = told(batch.counts());
        return new QuarantineBatch(
                batch.id(),
                act,
                batch.state(),
                batch.askedBy(),
                batch.askedAt(),
                batch.reason(),
                batch.rate(),
                new Filter(
                        act == Act.RESTORE,
                        channel == null ? null : Channel.of(channel).orElseThrow(),
                        about.get("route"),
                        about.get("reasonCode"),
                        day == null ? null : LocalDate.parse(day)),
                items(about.get("items")),
                ofBatch == null ? null : Long.valueOf(ofBatch),
                batch.total(),
                batch.count(DONE),
                told.values().stream().mapToLong(Long::longValue).sum(),
                batch.count(REFUSED),
                batch.inHand().size(),
                told,
                batch.endedAt());
    }

    private static List<ReceiptId> items(@Nullable String written) {
        return written == null
                ? List.of()
                : Arrays.stream(written.split(" ")).map(ReceiptId::new).toList();
    }

    private static Map<String, Long> told(Map<String, Long> counts) {
        var told = new LinkedHashMap<String, Long>();
        counts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(AGAIN))
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> told.put(entry.getKey().substring(AGAIN.length()), entry.getValue()));
        return told;
    }

    /** What it is about, as its row has it. */
    static Map<String, String> about(Filter filter, List<ReceiptId> items, @Nullable Long ofBatch) {
        var about = new HashMap<String, String>();
        if (filter.channel() != null) {
            about.put("channel", filter.channel().code());
        }
        if (filter.route() != null) {
            about.put("route", filter.route());
        }
        if (filter.reasonCode() != null) {
            about.put("reasonCode", filter.reasonCode());
        }
        if (filter.day() != null) {
            about.put("day", filter.day().toString());
        }
        if (!items.isEmpty()) {
            about.put("items", items.stream().map(ReceiptId::hex).collect(Collectors.joining(" ")));
        }
        if (ofBatch != null) {
            about.put("ofBatch", ofBatch.toString());
        }
        return about;
    }

    /** How many were dealt with. */
    public long past() {
        return done + again + refused;
    }

    /** Those that others dealt with meanwhile: known once it is at its end. */
    public long gone() {
        return state == State.DONE ? Math.max(0, total - past() - inHand) : 0;
    }

    public boolean isOver() {
        return state.isOver();
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }
}
