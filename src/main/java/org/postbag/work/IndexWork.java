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
}
