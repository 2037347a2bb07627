package org.postbag.contacts;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Removes what is known of contacts: of all that are one, since they are kept and go together. In the caller's transaction. */
public interface ContactErasing {

    /**
     * Locks, in the order in which filing does, the entries in public lists of all that are one with a contact, the identifiers that they use or that were
     * claimed in these enquiries, then the contacts.
     * Empty where the contact is gone, erased or shown as another, or another change came between: it is due again tomorrow.
     */
    Optional<Contact> lock(long contactId, Collection<Long> enquiryIds);

    /**
     * Removes the personal data of a locked contact and of all that are one with it: names, identifiers they use, what public lists say of them, why they
     * were merged, what the trail holds of them. Their numbers, kinds, categories and dates stay, and that they were merged.
     *
     * @return the receipts of what lists said: their items are to go too
     */
    List<String> erase(Contact contact, String actor);

    /**
     * Names a locked contact that stays, and all that are one with it, by the items that it has left where what it is called came with items that went: an
     * office is not called for ever after the first who wrote from it. What staff set stays.
     */
    void forgetNames(Contact contact, Collection<String> receiptIds);

    /** Removes those identifiers, of the contact or claimed in the enquiries that were locked, that nobody uses or claims any more. */
    void removeUnused(Collection<Long> identifierIds);

    /** The identifiers that {@link #lock} locks. */
    Collection<Long> identifiers(long contactId, Collection<Long> enquiryIds);
}
