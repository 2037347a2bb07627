package org.postbag.console.again;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.work.Batch;
import org.postbag.work.Batch.State;

/**
 * A span of days that is read again, from the raw store or from a route's source: counted first, then sent or read.
 *
 * @param route null: all routes of the channel, which only the raw store can tell
 * @param first days in UTC, as the raw store has them, or as the source dates its items
 * @param every whether also those that the record knows are sent
 * @param rate items a minute
 * @param nextAt when it goes on: by its rate, or when its source may be asked again
 */
record AgainBatch(
        long id,
        From from,
        State state,
        String askedBy,
        Instant askedAt,
        Channel channel,
        @Nullable String route,
        LocalDate first,
        LocalDate last,
        boolean every,
        int rate,
        @Nullable LocalDate atDay,
        Counts counts,
        long sent,
        @Nullable String fault,
        Instant nextAt,
        @Nullable Instant endedAt) {

    static final int RATE_USUAL = 600;
    static final int RATE_MAX = 60_000;
    /** A year and a day. */
    static final int DAYS_MAX = 367;

    /** The count of those that were sent or handed over. */
    static final String SENT = "sent";

    static final String MISSING = "missing";
    static final String DAMAGED = "damaged";
    static final String REFUSED = "refused";

    static final Set<String> ACTS = Arrays.stream(From.values()).map(From::act).collect(Collectors.toUnmodifiableSet());

    private static final String CHANNEL = "channel";
    private static final String ROUTE = "route";
    private static final String FIRST = "first";
    private static final String LAST = "last";
    static final String EVERY = "every";

    /** Where items are read again from. */
    enum From {
        RAW("raw", "resend", "The raw store"),
        ROUTE("route", "reread", "The route’s source");

        private final String code;
        private final String act;
        private final String label;

        From(String code, String act, String label) {
            this.code = code;
            this.act = act;
            this.label = label;
        }

        public String code() {
            return code;
        }

        public String label() {
            return label;
        }

        /** The word in the database. */
        String act() {
            return act;
        }

        static From of(String code) {
            return Arrays.stream(values())
                    .filter(one -> one.code.equals(code))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("It is read from raw or route"));
        }
    }

    /**
     * What lies there, and what the record says of it.
     *
     * @param raw all of it
     * @param missing not known to the record, and may be filed
     * @param refused not known to the record, and of what was erased or of somebody who is restricted
     * @param damaged what can't be read
     */
    record Counts(
            long raw,
            long filed,
            long quarantined,
            long discarded,
            long erased,
            long waiting,
            long missing,
            long refused,
            long damaged) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

        private static Counts of(Batch batch) {
            var all = batch.counts().entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(SENT))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            return new Counts(
                    all,
                    batch.count("filed"),
                    batch.count("quarantined"),
                    batch.count("discarded"),
                    batch.count("erased"),
                    batch.count("waiting"),
                    batch.count(MISSING),
                    batch.count(REFUSED),
                    batch.count(DAMAGED));
        }
    }

    static AgainBatch of(Batch batch) {
        var about = batch.about();
        var from = batch.act().equals(From.RAW.act()) ? From.RAW : From.ROUTE;
        return new AgainBatch(
                batch.id(),
                from,
                batch.state(),
                batch.askedBy(),
                batch.askedAt(),
                Channel.of(about.getOrDefault(CHANNEL, "")).orElseThrow(),
                about.get(ROUTE),
                LocalDate.parse(about.getOrDefault(FIRST, "")),
                LocalDate.parse(about.getOrDefault(LAST, "")),
                Boolean.parseBoolean(about.get(EVERY)),
                batch.rate(),
                from == From.RAW ? DayPlace.parse(batch.place()).day() : null,
                Counts.of(batch),
                batch.count(SENT),
                batch.fault(),
                batch.nextAt(),
                batch.endedAt());
    }

    /** What it is about, as its row has it. */
    static Map<String, String> about(Channel channel, @Nullable String route, LocalDate first, LocalDate last) {
        var about = new HashMap<String, String>();
        about.put(CHANNEL, channel.code());
        about.put(FIRST, first.toString());
        about.put(LAST, last.toString());
        if (route != null) {
            about.put(ROUTE, route);
        }
        return about;
    }

    /** How many are sent in the end. */
    public long toSend() {
        return every ? counts.raw() - counts.erased() - counts.damaged() - counts.refused() : counts.missing();
    }

    public boolean isOfSource() {
        return from == From.ROUTE;
    }

    /** For the page, which keeps looking while it is so. */
    public boolean isMoving() {
        return state == State.COUNTING || state == State.RUNNING;
    }

    public boolean isOver() {
        return state.isOver();
    }
}
