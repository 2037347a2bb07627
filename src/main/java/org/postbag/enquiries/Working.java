package org.postbag.enquiries;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Work.Member;
import org.postbag.staff.StaffMember;

/**
 * The working state of enquiries: whose they are, how far they are, what staff said of them. Each change is recorded with before and after, reaches the
 * index, and can be undone until the next. Nobody changes what they may not read: see {@link Sight}.
 */
public interface Working {

    /** How many may be changed at once. */
    int AT_ONCE_MAX = 500;

    /** Of an enquiry that nobody has touched: new and nobody's. Empty where there is no such enquiry. */
    Optional<Work> of(long enquiryId);

    Map<Long, Work> of(Collection<Long> enquiryIds);

    /** Members whom an enquiry may be assigned to, by name. */
    List<Member> members();

    /** Who is signed in, as one of these; empty for an API token of a job. */
    Optional<Member> member(StaffMember staff);

    /** @param version of the state that the change was made on: a change over someone else's is refused */
    Outcome change(long enquiryId, int version, Change change, StaffMember by);

    /** What came of a change. */
    sealed interface Outcome {
        record Done(long changeId, Work now) implements Outcome {}

        /** It was so already. */
        record Same() implements Outcome {}

        /** @param why in words */
        record Refused(String why) implements Outcome {}

        /** Someone else changed it since. Both are shown, theirs from {@code now}. */
        record ChangedSince(Work now) implements Outcome {}

        /** There is no such enquiry, or not for them. */
        record Missing() implements Outcome {}
    }

    /** Changes many as they are now, each that can be, and leaves the others. */
    Many change(Collection<Long> enquiryIds, Change change, StaffMember by);

    /** What {@link #change(Collection, Change, StaffMember)} would do now, counted. Changes nothing. */
    Many wouldChange(Collection<Long> enquiryIds, Change change, StaffMember by);

    /**
     * @param changeId by which all of it is undone; null where nothing was done
     * @param same they were so already
     * @param refused their status does not allow it, or who it is assigned to may not read it
     * @param missing there are none such, or not for them
     */
    record Many(@Nullable Long changeId, int done, int same, int refused, int missing) {}

    /**
     * Puts back what a change made, where nobody has changed it since. Empty where there is no such change, or it was undone, or nothing that it changed is for
     * whoever asks.
     */
    Optional<Undone> undo(long changeId, StaffMember by);

    /** @param enquiryId the one that was changed, where it was one */
    record Undone(int restored, int changedSince, @Nullable Long enquiryId) {}

    /** The change that made an enquiry what it is, if it can be undone. */
    Optional<LastChange> lastChange(long enquiryId);

    /** @param enquiries how many it changed, all of which an undo would put back */
    record LastChange(long id, String what, String byName, int enquiries) {}

    /** Notes that it is open on somebody's screen: the first time, that it isn't unread any more. */
    void opened(long enquiryId, StaffMember by);
}
