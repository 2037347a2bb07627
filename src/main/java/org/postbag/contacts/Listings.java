package org.postbag.contacts;

import java.util.List;
import org.postbag.normalising.ListEntry;
import org.postbag.receiving.Receipt;

/**
 * Keeps what public lists say, and finds whom each entry is. All of it follows from the sightings of entries alone, so it gives the same end in whatever
 * order lists and rows come, with several at work at once:
 *
 * <ul>
 *   <li>what names an entry in its source (see {@code PublicSource}) makes the sightings in its lists one entry, whose latest sighting counts: by the
 *       day seen, then by when it was received;
 *   <li>entries that ever had the same deciding address together with the same whole name are one contact: an email address decides before a handle
 *       before a telephone number;
 *   <li>that contact is the one who wrote from such an address, or rang from it, under just this whole name; else one of its own. An address alone joins
 *       nobody;
 *   <li>an address that a list gives for one contact is that contact's for what comes from it; one that lists give for several, or that someone else
 *       writes from, decides for none of them, and is noted for review;
 *   <li>a contact's name, kind, category and organisation are those of its entries' latest sighting, but for what staff set. An address that the latest
 *       sighting lacks is retired if no item or member of staff gave it too.
 * </ul>
 */
public interface Listings {

    /**
     * In the caller's transaction, whose receipts they are: locks entries, then identifiers, then contacts, each in order. Every change is recorded.
     *
     * @param items receipts with a profile, a series and the file that they were cut from, and what they say
     */
    void file(List<Listed> items);

    record Listed(Receipt receipt, ListEntry entry) {}
}
