package org.postbag.contacts;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says that two contacts are one, and takes it back. Merging moves nothing: it is a record that both are shown as the surviving one from now on, see decision
 * 8. So what ends a merge restores exactly what was, and what came meanwhile stands with whom its identifier belongs to. By staff alone, but for entries of
 * public lists that turn out to be one.
 */
public interface Merging {

    int REASON_LENGTH_MAX = 1_000;

    /**
     * @param reason as typed; it may be empty, and is erased with the contacts
     * @param actor {@code staff:<username>}
     */
    Outcome merge(Side survivor, Side other, String reason, String actor);

    /** Whatever was changed since the page was made. */
    default Outcome merge(long survivor, long other, String actor, String reason) {
        return merge(new Side(survivor, null), new Side(other, null), reason, actor);
    }

    /** What {@link #merge} would answer, without doing it; {@link Outcome.Merged} is never among it, and empty means that it would be done. */
    Optional<Outcome> refusal(Side survivor, Side other);

    /**
     * Ends a merge: the contact is one of its own again, with all that were merged into it before.
     *
     * @param going of {@link Preview#doubtful} those that go with it
     */
    Parting unmerge(long mergeId, Set<Long> going, String actor);

    /** Takes back {@link #unmerge}: the two are merged again as they were, and what went with the contact is back. */
    Outcome again(long mergeId, String actor);

    /** What would be where if the merge ended now; empty where there is no such merge. */
    Optional<Preview> preview(long mergeId);

    Optional<MergeRecord> byId(long mergeId);

    /** The merges that made the contact and those that are shown with it one, and those that ended, the latest first. */
    List<MergeRecord> of(long contactId);

    /** The merge by which the contact is shown as another, or empty. */
    Optional<MergeRecord> mergeOf(long contactId);

    /**
     * Staff are no longer sure that two contacts are not the same: "not the same" becomes "not sure", so that they may be merged.
     *
     * @return false where nobody had said so
     */
    boolean reconsider(long one, long other, String actor);

    /**
     * A contact to be merged.
     *
     * @param version the contact's when the page was made: one that changed since is not merged; null for whatever it is now
     */
    record Side(long contactId, @Nullable Integer version) {}

    /**
     * A merge.
     *
     * @param byName of who merged them
     * @param logOdds what the model said of the two, or null
     * @param undoneByName of who ended it, or null
     */
    record MergeRecord(
            long id,
            long survivor,
            long merged,
            String byName,
            Instant at,
            @Nullable String reason,
            @Nullable Double logOdds,
            @Nullable String undoneByName,
            @Nullable Instant undoneAt) {

        public boolean stands() {
            return undoneAt == null;
        }
    }

    /** What became of a merge that was asked for. */
    sealed interface Outcome {

        record Merged(MergeRecord merge) implements Outcome {}

        record Unknown(long contactId) implements Outcome {}

        /** A contact and itself. */
        record Itself() implements Outcome {}

        record Erased(long contactId) implements Outcome {}

        /** Both are shown as this one already. */
        record AlreadyOne(long shown) implements Outcome {}

        /** One of the two is shown as a third, {@code shown}: that is the one to merge. */
        record PartOfAnother(long contactId, long shown) implements Outcome {}

        /** Staff said that these two, who are the two or are merged into them, are not the same. */
        record SaidNotSame(
                long one,
                long other,
                String byName,
                @Nullable Instant at) implements Outcome {}

        /** Someone changed one of them since the page was made. */
        record Changed() implements Outcome {}
    }

    /** What became of an unmerge that was asked for. */
    sealed interface Parting {

        record Parted(MergeRecord merge) implements Parting {}

        record Unknown() implements Parting {}

        /** It ended before. */
        record EndedBefore(MergeRecord merge) implements Parting {}

        record Erased() implements Parting {}

        /** What was to go with the contact is no longer what could. */
        record Changed() implements Parting {}
    }

    /**
     * What would be where if a merge ended.
     *
     * @param parting the contacts that would be on their own again: the merged one, and those merged into it before
     * @param going how many enquiries go with them, of which {@code goingSince} came since the merge
     * @param staying how many enquiries stay, of which {@code stayingSince} came since the merge by an address or number of those that stay
     * @param goes the latest of what came since and goes
     * @param stays likewise of what stays by an address or number
     * @param doubtful what came since the merge onto a contact that stays and by no address or number: staff say of each whether it goes
     */
    record Preview(
            MergeRecord merge,
            Collection<Long> parting,
            long going,
            long goingSince,
            long staying,
            long stayingSince,
            List<Doubtful> goes,
            List<Doubtful> stays,
            List<Doubtful> doubtful) {}

    /** @param because why it is where it is */
    record Doubtful(
            long enquiryId,
            String reference,
            Instant receivedAt,
            String channel,
            @Nullable String subject,
            String because) {}
}
