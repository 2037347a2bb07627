package org.postbag.contacts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of contacts that may be one person, and what staff say of them. What staff said is kept as evidence: who is <em>not the same</em> is never asked
 * about or tied again, also where one of both is merged into another since.
 */
public interface Matches {

    /** A group is shown with so many contacts at most; the others come when these are decided. */
    int GROUP_CONTACTS_MAX = 8;

    /** What is to decide now, as it stands. */
    Queue queue();

    /** How many pairs nobody has looked at; asked on every page, so very many are only about as many. */
    long openCount();

    Optional<Match> pair(long one, long other);

    /** Pairs with a contact, or one that was merged into it, that nobody has decided, the likeliest first. */
    List<Match> ofContact(long contactId);

    /** Decides on a pair. {@link Verdict#SAME} merges the two. */
    Outcome decide(Decision decision, String actor);

    /** Takes a verdict back: of {@link Verdict#SAME} the two contacts are separated again. */
    Outcome undo(long one, long other, String actor);

    /** Says the same of all pairs of a group, or of none of them. {@link Verdict#SAME} merges all contacts into the one that is known longest. */
    Outcome decideGroup(Group group, Verdict verdict, String actor);

    /** Takes verdicts back that were given together. */
    Outcome undoGroup(List<Key> pairs, String actor);

    /** What staff say of a pair. */
    enum Verdict {
        SAME("same", "Same person"),
        NOT_SAME("not-same", "Not the same"),
        NOT_SURE("not-sure", "Not sure");

        private final String code;
        private final String label;

        Verdict(String code, String label) {
            this.code = code;
            this.label = label;
        }

        public String code() {
            return code;
        }

        public String label() {
            return label;
        }

        public static Optional<Verdict> of(@Nullable String code) {
            for (var verdict : values()) {
                if (verdict.code.equals(code)) {
                    return Optional.of(verdict);
                }
            }
            return Optional.empty();
        }
    }

    /** Names a pair: the two contacts as it was found, the smaller number first. */
    record Key(long one, long other) {}

    /** @param at when, and by whom, as in the trail */
    record Said(Verdict verdict, String actor, Instant at) {}

    /**
     * A pair as it was found.
     *
     * @param logOdds natural logarithm of the odds that they are one person, when the model saw them
     * @param sure whether the model would have said <em>same</em> of it, and not <em>review</em>
     * @param said what staff said, or null
     * @param oneNow the contact that {@code one} is by now: another where it was merged
     */
    record Match(
            long one,
            long other,
            double logOdds,
            boolean sure,
            Instant foundAt,
            @Nullable Said said,
            long oneNow,
            long otherNow) {

        public Key key() {
            return new Key(one, other);
        }

        /** Whether the two are one contact by now. */
        public boolean isJoined() {
            return oneNow == otherNow;
        }

        /** Whether a verdict may be given: nobody gave one, or one that leaves it open. */
        public boolean isOpen() {
            return !isJoined() && (said == null || said.verdict() != Verdict.NOT_SAME);
        }

        /** Whether staff said that they are one, and separated them since. */
        public boolean isSeparated() {
            return !isJoined() && said != null && said.verdict() == Verdict.SAME;
        }
    }

    /**
     * Contacts that are tied by open pairs, to be decided together.
     *
     * @param pairs of these contacts, the likeliest first
     * @param contacts in order of their numbers, those of the likeliest pairs, at most {@link #GROUP_CONTACTS_MAX}
     * @param contactCount how many there are in all
     */
    record Group(List<Match> pairs, List<Long> contacts, int contactCount) {

        public boolean isPair() {
            return contactCount == 2;
        }

        public boolean isWhole() {
            return contacts.size() == contactCount;
        }
    }

    /**
     * @param groups the likeliest first
     * @param notSure what staff were not sure of, the likeliest first
     * @param pairs how many are in groups
     * @param whole false where there are more pairs than were read
     */
    record Queue(List<Group> groups, List<Match> notSure, int pairs, boolean whole) {}

    /**
     * @param seen what had been said of the pair when its page was made, or null: a verdict over someone else's is refused
     * @param survivor which of the two contacts, as they are by now, goes on; null for the one that is known longer
     */
    record Decision(
            long one,
            long other,
            Verdict verdict,
            @Nullable Verdict seen,
            @Nullable Long survivor) {}

    /** What became of a verdict. */
    sealed interface Outcome {

        /** @param contact that goes on, where contacts were merged or separated; else null */
        record Done(@Nullable Long contact) implements Outcome {}

        /** Someone else said something else first: nothing was changed. */
        record SaidAlready(Said said) implements Outcome {}

        /** They are one contact already, or not any more: nothing was changed. */
        record NothingToDo() implements Outcome {}

        /** Merging or separating them was refused: nothing was changed. */
        record Refused(String because) implements Outcome {}

        /** There is no such pair, or what is known of one of both was erased. */
        record Gone() implements Outcome {}
    }
}
