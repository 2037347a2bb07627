package org.postbag.enquiries;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.postbag.retention.Category;

/** Removes enquiries and items in quarantine. What remains is a count, and the receipt, so that a mailbox read again brings nobody back. */
public interface EnquiryErasing {

    /** Some enquiries of a contact and of all that are one with it, the oldest first. */
    List<Long> ofContact(long contactId, int limit);

    /** Some enquiries of threads, the oldest first. */
    List<Long> ofThreads(Collection<Long> threadIds, int limit);

    /** Contacts, as they are shown, with something that is no enquiry and past the date of that; with an id above {@code after}, in order. */
    List<Long> contactsOfNoEnquiries(LocalDate today, long after, int limit);

    /** Of a contact and all that are one with it: what is no enquiry and past the date of that, the oldest first. */
    List<Long> noEnquiries(long contactId, LocalDate today, int limit);

    /**
     * In the caller's transaction, with the contact locked: removes enquiries with claims and files, and leaves the removal from index and raw store as work.
     *
     * @return the ids of the receipts they had
     */
    List<String> erase(Collection<Long> enquiryIds, Category category, LocalDate today, String actor);

    /**
     * In the caller's transaction: what is left of items that are not filed, in quarantine or discarded among them, and leaves the removal from the raw
     * store as work. They may be in state {@code erased} already.
     */
    void eraseUnfiled(Collection<String> receiptIds, String actor);

    /** In the caller's transaction: what is left of items that said what a public list says of a contact that is erased. */
    void eraseListed(Collection<String> receiptIds);

    /** What {@link #eraseUnfiled(LocalDate, int, String)} would remove, by channel. */
    List<Unfiled> dueUnfiled(LocalDate today);

    /** @param oldest when the oldest was received */
    record Unfiled(String channel, long count, Instant oldest) {}

    /** Removes items in quarantine that are past their date, and discarded ones that can no longer be brought back. @return how many */
    int eraseUnfiled(LocalDate today, int limit, String actor);

    /**
     * Removes the raw files of what was erased; safe to run again after a crash at any point.
     *
     * @return how many went
     * @throws IOException if some did not go, as when the raw store is away: they go later
     */
    int eraseRawFiles(int limit) throws IOException;
}
