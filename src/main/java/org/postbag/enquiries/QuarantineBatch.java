package org.postbag.enquiries;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ReceiptId;

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
        QuarantineFinding.Filter filter,
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

    /**
     * <pre>
     * running   -> paused, cancelled, done
     * paused    -> running, cancelled
     * </pre>
     */
    public enum State {
        RUNNING("Running"),
        PAUSED("Paused"),
        DONE("Done"),
        CANCELLED("Cancelled");

        private static final Map<State, Set<State>> NEXT = Map.of(
                RUNNING, EnumSet.of(PAUSED, CANCELLED, DONE),
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
        return state == State.DONE || state == State.CANCELLED;
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }
}
