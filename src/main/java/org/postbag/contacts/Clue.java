package org.postbag.contacts;

import org.jspecify.annotations.Nullable;

/**
 * What decides whose an item is.
 *
 * @param identifier null where nothing identifies the sender
 * @param nameKey the name under which the identifier decides: {@link NameKey#ANY}, or null where it decides nothing
 * @param asWritten the identifier as it was typed
 * @param name the sender's, for the contact; null where there is none, or it is not theirs
 * @param nameClaimed whether the name is only a claim: it names the contact that the item makes, and is never added to one that is there
 * @param sharedMailbox whether several people write from the address
 * @param because in words without personal data; the same for the first item of a contact as for the last, so that no order of filing shows
 */
record Clue(
        @Nullable Identifier identifier,
        @Nullable String nameKey,
        String asWritten,
        @Nullable String name,
        boolean nameClaimed,
        boolean sharedMailbox,
        String because) {

    static final String CHOSEN = "The contact that the member of staff who recorded it chose";
    static final String CHOSEN_BUT_GONE =
            "A contact of its own: the one that the member of staff who recorded it chose was erased";

    /** For an item of which staff said whose it is: what it says of a name is no more than the enquiry's. */
    Clue chosen() {
        return nothing(null, CHOSEN);
    }

    /** For an item of which staff said whose it is, where that contact was erased meanwhile. */
    Clue chosenButGone() {
        return nothing(name, CHOSEN_BUT_GONE);
    }

    static Clue nothing(@Nullable String name, String why) {
        return new Clue(null, null, "", name, false, false, why);
    }
}
