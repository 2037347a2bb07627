package org.postbag.work;

import java.util.Collection;

/**
 * What is to be indexed: one row a document, its version from a sequence at each change, written in the transaction that makes the change. Many
 * changes of one enquiry before the drainer comes are one piece of work.
 */
public interface IndexWork {

    /** These enquiries changed, came or went. */
    void add(Collection<Long> enquiryIds);

    /** All enquiries of these contacts show something that changed (a name, an identifier). */
    void addContacts(Collection<Long> contactIds);

    /** Who may find any of the enquiries on these threads follows from all of them. */
    void addThreads(Collection<Long> threadIds);

    /**
     * The clocks of these contacts moved to another day, and with them until when their enquiries are kept. However many those are, and however often it
     * moves before they have followed, it is one row a contact; they follow when there is nothing newer to do.
     */
    void addContactClocks(Collection<Long> contactIds);

    /** As {@link #addContactClocks}, of threads that have clocks of their own. */
    void addThreadClocks(Collection<Long> threadIds);
}
