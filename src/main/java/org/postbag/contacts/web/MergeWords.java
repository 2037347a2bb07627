package org.postbag.contacts.web;

import org.postbag.contacts.Merging.Outcome;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;

/** Why two contacts are not merged, in words. */
final class MergeWords {

    private MergeWords() {}

    static String of(Outcome refused, StaffTexts texts) {
        return switch (refused) {
            case Outcome.Merged(var merge) -> texts.say("contact-merge.refused.merged", id(merge.survivor()));
            case Outcome.Unknown(var contactId) -> texts.say("contact-merge.refused.unknown", id(contactId));
            case Outcome.Itself _ -> texts.say("contact-merge.refused.itself");
            case Outcome.Erased(var contactId) -> texts.say("contact-merge.refused.erased", id(contactId));
            case Outcome.AlreadyOne(var shown) -> texts.say("contact-merge.refused.already-one", id(shown));
            case Outcome.PartOfAnother(var contactId, var shown) ->
                texts.say("contact-merge.refused.part", id(contactId), id(shown));
            case Outcome.SaidNotSame(var one, var other, var byName, var at) ->
                texts.say(
                        at == null ? "contact-merge.refused.not-same" : "contact-merge.refused.not-same.on",
                        byName,
                        id(one),
                        id(other),
                        UkTime.dateTime(at));
            case Outcome.Changed _ -> texts.say("contact-merge.refused.changed");
        };
    }

    private static String id(long contact) {
        return Long.toString(contact);
    }
}
