package org.postbag.contacts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Claim;

/**
 * Finds the contact that an item belongs to, or makes one. First version: identifiers alone decide. It gives the same end in whatever order items come,
 * with several at work at once, because each rule looks at one item and one identifier under a lock on that identifier:
 *
 * <ul>
 *   <li>where a member of staff said whose it is, that decides; if it was erased, a contact is made and noted for review;
 *   <li>an email address or handle alone decides; another name on it is noted for review;
 *   <li>a telephone number decides only with an equal folded name that is whole; a call without one joins nobody;
 *   <li>an item without an identifier gets a contact of its own;
 *   <li>whatever else someone says about themselves is a claim; a claimed name names the contact that its item makes, never one that is there.
 * </ul>
 */
public interface Resolving {

    /**
     * In the caller's transaction: locks identifiers in order, then contacts in order of id, and writes contacts, their clocks, identifiers, uses,
     * reviews, and index work for contacts whose name changed.
     *
     * @return one an appearance, in the order given
     */
    List<Resolved> resolve(List<Appearance> appearances);

    /** In the same transaction, once the enquiries are there. */
    void keep(List<KeptClaim> claims);

    /**
     * @param because why it is on this contact, in words without personal data
     * @param created whether the contact is new
     * @param identifierId the identifier that decided, or null where none did: with it the item goes where the identifier goes
     */
    record Resolved(
            long contactId,
            boolean created,
            String because,
            @Nullable Long identifierId,
            List<IdentifiedClaim> claims) {}

    /** @param identifierId the identifier that the value is, or null */
    record IdentifiedClaim(
            Claim.Kind kind, String value, @Nullable Long identifierId) {}

    record KeptClaim(long enquiryId, long contactId, IdentifiedClaim claim) {}
}
