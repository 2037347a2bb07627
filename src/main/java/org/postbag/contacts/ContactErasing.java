package org.postbag.contacts;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Removes what is known of contacts. In the caller's transaction. */
public interface ContactErasing {

    /**
     * Locks, in the order in which filing does, the contact's entries in public lists, the identifiers that it uses or that were claimed in these
     * enquiries, then the contact.
     * Empty where the contact is gone, or erased, or another change came between: it is due again tomorrow.
     */
    Optional<Contact> lock(long contactId, Collection<Long> enquiryIds);

    /**
     * Removes a locked contact's personal data: names, identifiers it uses, what public lists say of it, what the trail holds of it. Its number, kind,
     * category and dates stay.
     *
     * @return the receipts of what lists said: their items are to go too
     */
    List<String> erase(Contact contact, String actor);

    /**
     * Removes from a locked contact that stays the names that came with items that went: an office is not called for ever after the first who wrote from
     * it. What staff set stays.
     */
    void forgetNames(Contact contact, Collection<String> receiptIds);

    /** Removes those identifiers, of the contact or claimed in the enquiries that were locked, that nobody uses or claims any more. */
    void removeUnused(Collection<Long> identifierIds);

    /** The identifiers that {@link #lock} locks. */
    Collection<Long> identifiers(long contactId, Collection<Long> enquiryIds);
}
