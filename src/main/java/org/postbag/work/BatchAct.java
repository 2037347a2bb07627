package org.postbag.work;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What batches of one kind do. {@link BatchWork} asks it, a few items at a time, and keeps the batch's row. */
public interface BatchAct {

    /** The words in the database that mean this kind. */
    Set<String> acts();

    /** Longer than {@link #deal} takes; after it another node takes over what a crash left. */
    default Duration heldFor() {
        return Duration.ofMinutes(1);
    }

    /**
     * Takes what comes next, in the transaction that keeps it in the batch's row. Empty where there is no more: the batch is done. Here nothing by name: it is
     * dealt with from the batch's place on.
     */
    default Optional<Taken> take(Batch batch, Instant now) {
        return Optional.of(new Taken(batch.place(), List.of(), 0, Map.of(), false));
    }

    /**
     * Deals with what was taken, outside of any transaction. It may be called again for the same, after a crash or by two nodes at once, and is counted once.
     *
     * @throws Away if a server is away: it is called again later
     */
    Dealt deal(Batch batch) throws Away;

    /**
     * What was taken.
     *
     * @param place up to where it goes
     * @param inHand what is to be dealt with
     * @param paced how many items of the rate it counts as already
     * @param counts to be added
     * @param done whether nothing is left to deal with
     */
    record Taken(String place, List<String> inHand, int paced, Map<String, Long> counts, boolean done) {

        public Taken {
            inHand = List.copyOf(inHand);
            counts = Map.copyOf(counts);
        }
    }

    /**
     * What became of it.
     *
     * @param place up to where it went
     * @param paced how many items of the rate it counts as
     * @param counts to be added
     * @param next the batch's next state; null where it stays as it is
     * @param notBefore when to go on at the earliest; null where the rate alone tells
     */
    record Dealt(
            String place,
            int paced,
            Map<String, Long> counts,
            Batch.@Nullable State next,
            @Nullable Instant notBefore) {

        public Dealt {
            counts = Map.copyOf(counts);
        }
    }

    /** A server is away. Its message is for staff, and stands in the batch's row meanwhile. */
    final class Away extends Exception {

        private static final long serialVersionUID = 1;

        public Away(String words) {
            super(words);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }
}
