package org.postbag.work;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Work on many items that one decision asked for: done in the background at a rate, by whichever node comes first, and gone on with after a crash.
 *
 * @param act what is done: see {@link BatchAct}
 * @param askedBy {@code staff:<username>}
 * @param reason in staff's words, or null
 * @param rate items a minute
 * @param about which items are meant, as the act writes it
 * @param place up to where it is dealt with, likewise; empty at the beginning
 * @param inHand what is being dealt with: a crash leaves it here
 * @param total how many there were when it was asked for
 * @param counts how many became what, by names of the act
 * @param fault why it waits, or null
 * @param nextAt when the next items are due
 */
public record Batch(
        long id,
        String act,
        State state,
        String askedBy,
        Instant askedAt,
        @Nullable String reason,
        int rate,
        Map<String, String> about,
        String place,
        List<String> inHand,
        long total,
        Map<String, Long> counts,
        @Nullable String fault,
        Instant nextAt,
        @Nullable Instant endedAt) {

    private static final int SECONDS_A_MINUTE = 60;

    public Batch {
        about = Map.copyOf(about);
        inHand = List.copyOf(inHand);
        counts = Map.copyOf(counts);
    }

    /**
     * <pre>
     * counting -> counted, cancelled
     * counted  -> running, cancelled
     * running  -> paused, done, cancelled
     * paused   -> running, cancelled
     * </pre>
     *
     * What needs no count begins as running.
     */
    public enum State {
        COUNTING("Counting"),
        COUNTED("Counted"),
        RUNNING("Running"),
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

        /** The word in the database. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }

        public Set<State> next() {
            return Set.copyOf(NEXT.getOrDefault(this, Set.of()));
        }

        public boolean isOver() {
            return this == DONE || this == CANCELLED;
        }
    }

    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** How many are taken in hand at once, so that it keeps to its rate: those of a second, at most so many. */
    public int itemsAtOnce(int most) {
        return Math.clamp(rate / SECONDS_A_MINUTE, 1, most);
    }

    Batch inHand(String reached, List<String> now, Map<String, Long> counted) {
        return new Batch(
                id, act, state, askedBy, askedAt, reason, rate, about, reached, now, total, counted, fault, nextAt,
                endedAt);
    }
}
