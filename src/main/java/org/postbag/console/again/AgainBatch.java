package org.postbag.console.again;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;

/**
 * A span of days that is read again from the raw store: counted first, then sent.
 *
 * @param route null: all routes of the channel
 * @param first days in UTC, as the raw store has them
 * @param every whether also those that the record knows are sent
 * @param rate receipts a minute
 * @param atDay the day that it is at
 */
record AgainBatch(
        long id,
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
        String afterId,
        Counts counts,
        long sent,
        @Nullable String fault,
        @Nullable Instant endedAt) {

    static final int RATE_USUAL = 600;
    static final int RATE_MAX = 60_000;
    /** A year and a day. */
    static final int DAYS_MAX = 367;

    /**
     * What lies in the raw store, and what the record says of it.
     *
     * @param missing not known to the record
     * @param damaged whose raw file can't be read
     */
    record Counts(
            long raw,
            long filed,
            long quarantined,
            long discarded,
            long erased,
            long waiting,
            long missing,
            long damaged) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * <pre>
     * counting -> counted, cancelled
     * counted  -> running, cancelled
     * running  -> paused, done, cancelled
     * paused   -> running, cancelled
     * </pre>
     */
    enum State {
        COUNTING("Counting"),
        COUNTED("Counted: nothing is sent yet"),
        RUNNING("Sending"),
        PAUSED("Paused"),
        DONE("Done"),
        CANCELLED("Cancelled");

        private static final Map<State, Set<State>> NEXT = Map.of(
                COUNTING, EnumSet.of(COUNTED, CANCELLED),
                COUNTED, EnumSet.of(RUNNING, CANCELLED),
                RUNNING, EnumSet.of(PAUSED, DONE, CANCELLED),
                PAUSED, EnumSet.of(RUNNING, CANCELLED),
                DONE, EnumSet.noneOf(State.class),
                CANCELLED, EnumSet.noneOf(State.class));

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        Set<State> next() {
            return Set.copyOf(NEXT.getOrDefault(this, Set.of()));
        }

        boolean isOver() {
            return this == DONE || this == CANCELLED;
        }
    }

    /** How many are sent in the end. */
    public long toSend() {
        return every ? counts.raw() - counts.erased() - counts.damaged() : counts.missing();
    }

    /** For the page, which keeps looking while it is so. */
    public boolean isMoving() {
        return state == State.COUNTING || state == State.RUNNING;
    }

    public boolean isOver() {
        return state.isOver();
    }
}
