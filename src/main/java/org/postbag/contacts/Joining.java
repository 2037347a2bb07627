package org.postbag.contacts;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postbag.contacts.Matches.Outcome;
import org.springframework.stereotype.Component;

/** Merges contacts, and separates them, as verdicts on pairs ask for it. */
@Component
class Joining {

    private final ContactTables contacts;
    private final Merging merging;

    Joining(ContactTables contacts, Merging merging) {
        this.contacts = contacts;
        this.merging = merging;
    }

    /** Why it could not be done, if so. */
    Optional<Outcome> join(long survivor, long other, String actor) {
        return switch (merging.merge(survivor, other, actor, "Said in review to be the same person")) {
            case Merging.Outcome.Merged _ -> Optional.empty();
            case Merging.Outcome.SaidNotSame said ->
                Optional.of(new Outcome.Refused("Contacts " + said.one() + " and " + said.other()
                        + ", which would become one by it, were said by " + said.byName() + " not to be the same."));
            case Merging.Outcome.Unknown _, Merging.Outcome.Erased _ -> Optional.of(new Outcome.Gone());
            case Merging.Outcome.Itself _,
                    Merging.Outcome.AlreadyOne _,
                    Merging.Outcome.PartOfAnother _,
                    Merging.Outcome.Changed _ -> Optional.of(new Outcome.NothingToDo());
        };
    }

    /** Why the merge that a contact came by could not be ended, if so: what came since the merge and belongs to neither for sure is for staff to place. */
    Optional<Outcome> separate(Optional<Long> contact, String actor) {
        var merge = contact.flatMap(merging::mergeOf);
        if (merge.isEmpty()) {
            return Optional.of(new Outcome.Refused(
                    "They were joined through other contacts: separate them on the contact’s page."));
        }
        var preview = merging.preview(merge.get().id());
        if (preview.isPresent() && !preview.get().doubtful().isEmpty()) {
            return Optional.of(
                    new Outcome.Refused(
                            "Something came since that may be of either: separate them on the contact’s page, which asks whose it is."));
        }
        return switch (merging.unmerge(merge.get().id(), Set.of(), actor)) {
            case Merging.Parting.Parted _ -> Optional.empty();
            case Merging.Parting.Erased _ -> Optional.of(new Outcome.Gone());
            case Merging.Parting.Unknown _, Merging.Parting.EndedBefore _, Merging.Parting.Changed _ ->
                Optional.of(new Outcome.NothingToDo());
        };
    }

    /** Which of them is known longest. */
    long older(List<Long> ids) {
        return contacts.contacts(ids).stream()
                .min(Comparator.comparing(Contact::createdAt).thenComparing(Contact::id))
                .orElseThrow()
                .id();
    }
}
