package org.postbag.enquiries;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postbag.normalising.Message;
import org.postbag.receiving.Reference;

/** What was filed, for reading. Whoever shows it records the look. */
public interface Enquiries {

    Optional<Enquiry> byId(long id);

    /** Those of the ids that there are: what the index found is read again here before it is shown. */
    Map<Long, Enquiry> byIds(Collection<Long> ids);

    /** Mostly one; two receipts may share a reference (ADR 1). */
    List<Enquiry> byReference(Reference reference);

    /** The thread, oldest first, at most {@code limit} of it. */
    List<Enquiry> thread(long threadId, int limit);

    /** Enquiries of one series, oldest first: the first and its corrections. */
    List<Enquiry> series(String series);

    List<Enquiry.File> files(long enquiryId);

    /** Likewise for many; one without files is absent. */
    Map<Long, List<Enquiry.File>> filesOf(Collection<Long> enquiryIds);

    /** The beginning of what a file says, at most {@code length} characters; empty where it was not read. */
    Optional<String> fileText(long enquiryId, int position, int length);

    /**
     * The raw item as it came; empty where there is no such enquiry.
     *
     * @throws IOException if the raw store is away
     */
    Optional<byte[]> raw(long enquiryId) throws IOException;

    /**
     * The item read again, for its HTML and the bytes of its files, which lie in {@link Message#attachments} at {@link Enquiry.File#position}. Empty
     * where there is no such enquiry.
     *
     * @throws IOException if the raw store is away
     */
    Optional<Message> read(long enquiryId) throws IOException;
}
