package org.postbag.contacts;

import java.util.Collection;

/** Moves enquiries from one contact to another: implemented by the module that files. */
public interface EnquiryMoving {

    /**
     * In the caller's transaction, in which both contacts are locked: the enquiries with what they claim, and their threads. A thread of which some stay
     * becomes two, both known by all of its keys, so that what comes later finds that of its contact; with threads of the other contact that have such a key
     * it becomes one.
     *
     * @param enquiryIds all of the contact {@code from}
     */
    void move(Collection<Long> enquiryIds, long from, long to);
}
