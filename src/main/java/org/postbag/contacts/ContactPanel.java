package org.postbag.contacts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.StaffMember;

/** What the page of a contact shows of what was filed: implemented by the module that files. */
public interface ContactPanel {

    long count(long contactId);

    /** The contact's enquiries, newest first; of those that are not for whoever reads it, only the reference. */
    List<Line> timeline(long contactId, int offset, int limit, StaffMember reader);

    /** Those of the enquiries that this person may not read. */
    Set<Long> hidden(Collection<Long> enquiryIds, StaffMember reader);

    /** Those of the contacts that this person may not know of: they are known by nothing but enquiries that are not for them. */
    Set<Long> hiddenContacts(Collection<Long> contactIds, StaffMember reader);

    /** What contacts are known by, without what came in nothing but enquiries that are not for whoever reads it. */
    Map<Long, List<IdentifierUse>> readable(Map<Long, List<IdentifierUse>> uses, StaffMember reader);

    /**
     * The names under which the latest of the contact's inbound enquiries that this person may read were written, the commonest first: more than one may be
     * a shared mailbox.
     */
    List<String> names(long contactId, StaffMember reader);

    /**
     * The email addresses of the contact that our mail did not reach, and when a delivery report last said so; not those that the contact has written
     * from since. It is to be shown beside an address that may be shown.
     */
    Map<String, Instant> failedAddresses(long contactId);

    /**
     * @param channel a channel's code
     * @param direction {@code inbound} or {@code outbound}
     * @param fromName the name under which it was written, or null
     * @param excerpt the beginning of what was written
     * @param automatic null for what a person wrote, else {@code bounce}, {@code auto-reply}, {@code list} or {@code loop}
     * @param keptUntil the last day on which the enquiry is kept
     * @param withheld whether it is sensitive and not for whoever reads this: nothing but its reference is to be shown
     */
    record Line(
            long enquiryId,
            String reference,
            Instant receivedAt,
            String channel,
            String direction,
            @Nullable String fromName,
            @Nullable String subject,
            String excerpt,
            @Nullable String automatic,
            LocalDate keptUntil,
            boolean withheld) {}
}
