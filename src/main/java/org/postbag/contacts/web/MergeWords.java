package org.postbag.contacts.web;

import org.postbag.contacts.Merging.Outcome;
import org.postbag.staff.UkTime;

/** Why two contacts are not merged, in words. */
final class MergeWords {

    private MergeWords() {}

    static String of(Outcome refused) {
        return switch (refused) {
            case Outcome.Merged(var merge) -> "They are merged into contact " + merge.survivor() + ".";
            case Outcome.Unknown(var contactId) -> "There is no contact " + contactId + ".";
            case Outcome.Itself _ -> "A contact can’t be merged with itself.";
            case Outcome.Erased(var contactId) ->
                "The personal data of contact %d was removed: there is nothing to merge.".formatted(contactId);
            case Outcome.AlreadyOne(var shown) -> "Both are contact %d already.".formatted(shown);
            case Outcome.PartOfAnother(var contactId, var shown) ->
                "Contact %1$d is merged into contact %2$d already. Merge contact %2$d instead, or take contact %1$d out of it first."
                        .formatted(contactId, shown);
            case Outcome.SaidNotSame said ->
                "%s said%s that contacts %d and %d are not the same."
                        .formatted(
                                said.byName(),
                                said.at() == null ? "" : " on " + UkTime.dateTime(said.at()),
                                said.one(),
                                said.other());
            case Outcome.Changed _ ->
                "Someone changed one of them while you were at it. Nothing was merged: look at what is there now, and merge them if they are still the same.";
        };
    }
}
