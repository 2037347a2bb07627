package org.postbag.contacts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes a contact apart that turns out to be two: what belongs to the other goes to a contact of its own. By staff, recorded, and taken back by them. */
public interface Splitting {

    /** How many enquiries staff look at one by one; the others follow their identifiers. */
    int ENQUIRIES_SHOWN_MAX = 200;

    /**
     * What may go, with the identifiers that are chosen so far; empty where there is no such contact. Of one that others are merged into: what is its own.
     */
    Optional<Choice> choice(long contactId, Set<Long> identifiers);

    /** Moves what was chosen to a new contact. */
    Outcome split(Split asked, String actor);

    /**
     * Puts back what was moved, and what came to the new contact since. The new contact, of which nothing is left then, is shown as the old one.
     */
    Undoing undo(long moveId, String actor);

    Optional<MoveRecord> byId(long moveId);

    /** What was moved from the contact or to it, the latest first. */
    List<MoveRecord> of(long contactId);

    /**
     * @param version the contact's when the page was made
     * @param identifiers those that go, and with them all enquiries that came by them, but for those in {@code staying}
     * @param enquiries others that go
     */
    record Split(
            long contactId,
            int version,
            Set<Long> identifiers,
            Set<Long> enquiries,
            Set<Long> staying,
            String reason) {}

    /**
     * @param uses the identifiers that the contact uses itself
     * @param enquiries its own, the latest first, at most {@link #ENQUIRIES_SHOWN_MAX}
     * @param total how many enquiries of its own it has
     * @param follow how many of these came by the identifiers that are chosen
     */
    record Choice(Contact contact, List<IdentifierUse> uses, List<Line> enquiries, long total, long follow) {}

    /** @param follows whether it came by an identifier that is chosen */
    record Line(
            long id,
            String reference,
            Instant receivedAt,
            String channel,
            String direction,
            @Nullable String subject,
            @Nullable String fromName,
            String because,
            boolean follows) {}

    /**
     * @param makes whether the contact it went to was made by it
     * @param enquiries how many it moved that are there still
     */
    record MoveRecord(
            long id,
            long from,
            long to,
            boolean makes,
            String byName,
            Instant at,
            @Nullable String reason,
            long enquiries,
            long identifiers,
            @Nullable String undoneByName,
            @Nullable Instant undoneAt) {

        public boolean stands() {
            return undoneAt == null;
        }
    }

    sealed interface Outcome {

        record Done(MoveRecord move) implements Outcome {}

        record Unknown() implements Outcome {}

        record Erased() implements Outcome {}

        record NothingChosen() implements Outcome {}

        /** Everything would go, so that it would be the same contact under another number. */
        record NothingLeft() implements Outcome {}

        /** Someone changed the contact, or what was chosen is no longer its own. */
        record Changed() implements Outcome {}
    }

    sealed interface Undoing {

        record Undone(MoveRecord move) implements Undoing {}

        record Unknown() implements Undoing {}

        record UndoneBefore(MoveRecord move) implements Undoing {}

        record Erased() implements Undoing {}

        /** The new contact was merged or split since: that is to be undone first. */
        record ChangedSince(long contactId) implements Undoing {}
    }
}
