package org.postbag.enquiries;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.Subject;
import org.postbag.enquiries.Work.Member;

/** What a change makes of a state, and what the trail says of it. Pure. */
final class WorkChanging {

    private WorkChanging() {}

    /** What came of applying a change to a state. */
    sealed interface Applied {
        record Changed(Work to) implements Applied {}

        record Same() implements Applied {}

        record Refused(String why) implements Applied {}
    }

    /**
     * @param inbound whether it came in: what we sent has no status and is nobody's task
     * @param by who changes it, as a member; null for a job
     */
    static Applied apply(Work work, boolean inbound, Change change, String actor, @Nullable Member by, Instant now) {
        if (!inbound && !(change instanceof Change.Sensitive || change instanceof Change.About)) {
            return new Applied.Refused("It is something that we sent: there is nothing to do about it.");
        }
        return switch (change) {
            case Change.ToStatus(var to) ->
                work.status() == to ? new Applied.Same() : status(work, to, null, null, now);
            case Change.Answered(var way) ->
                work.answer() == way && work.status() == way.status()
                        ? new Applied.Same()
                        : status(work, way.status(), way, null, now);
            case Change.NotAnEnquiry(var what) ->
                work.notEnquiry() != null && work.notEnquiry().what() == what
                        ? new Applied.Same()
                        : status(work, WorkStatus.CLOSED, null, new Work.NotAnEnquiry(what, now), now);
            case Change.Assigned(var to) -> assigned(work, to);
            case Change.Urgent(var urgent) ->
                urgent == (work.urgent() != null)
                        ? new Applied.Same()
                        : new Applied.Changed(work.urgent(urgent ? new Work.Urgent(actor, now) : null));
            case Change.Sensitive(var what, var viewers) -> sensitive(work, what, viewers, by);
            case Change.About(var topic) ->
                Objects.equals(topic, work.topic()) ? new Applied.Same() : new Applied.Changed(work.about(topic));
        };
    }

    private static Applied status(
            Work work, WorkStatus to, @Nullable AnswerWay way, Work.@Nullable NotAnEnquiry not, Instant now) {
        if (work.status() != to && !work.status().mayBecome(to)) {
            return new Applied.Refused("It is %s, and from there it can’t be set to %s. Set it to in hand first."
                    .formatted(lower(work.status()), lower(to)));
        }
        return new Applied.Changed(work.with(to, way, now).notAnEnquiry(not));
    }

    private static String lower(WorkStatus status) {
        return status.label().toLowerCase(java.util.Locale.ROOT);
    }

    private static Applied assigned(Work work, @Nullable Member to) {
        if (Objects.equals(to, work.assigned())) {
            return new Applied.Same();
        }
        if (to != null && work.sensitive() != null && !work.viewers().contains(to)) {
            return new Applied.Refused("It is sensitive, and " + to.name()
                    + " is not among those who may read it. Name them there first.");
        }
        return new Applied.Changed(work.assignedTo(to));
    }

    /** Nobody locks themselves out, nor whoever works on it. */
    private static Applied sensitive(Work work, @Nullable Sensitivity what, List<Member> viewers, @Nullable Member by) {
        var seenBy = new ArrayList<Member>();
        if (what != null) {
            seenBy.addAll(viewers);
            if (by != null && !seenBy.contains(by)) {
                seenBy.add(by);
            }
            if (work.assigned() != null && !seenBy.contains(work.assigned())) {
                return new Applied.Refused(
                        "It is assigned to " + work.assigned().name()
                                + ", who would not be among those who may read it. Name them too, or assign it to someone else.");
            }
        }
        var to = work.sensitive(what, seenBy);
        return to.equals(work) ? new Applied.Same() : new Applied.Changed(to);
    }

    /** An event for each thing that differs. */
    static List<AuditEvent> events(String actor, Action action, Work before, Work after) {
        var events = new ArrayList<AuditEvent>();
        add(events, actor, action, before, "Status", before.statusWords(), after.statusWords());
        add(events, actor, action, before, "Assigned to", name(before.assigned()), name(after.assigned()));
        add(events, actor, action, before, "Urgent", yes(before.urgent()), yes(after.urgent()));
        add(events, actor, action, before, "Sensitive", label(before.sensitive()), label(after.sensitive()));
        add(events, actor, action, before, "Who may read it", before.viewerNames(), after.viewerNames());
        add(events, actor, action, before, "Topic", before.topic(), after.topic());
        return events;
    }

    private static void add(
            List<AuditEvent> events,
            String actor,
            Action action,
            Work work,
            String what,
            @Nullable String before,
            @Nullable String after) {
        if (!Objects.equals(before, after)) {
            events.add(new AuditEvent(
                    actor, action, Subject.enquiry(work.enquiryId()), what, orNull(before), orNull(after)));
        }
    }

    private static @Nullable String orNull(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    private static @Nullable String name(@Nullable Member member) {
        return member == null ? null : member.name();
    }

    private static @Nullable String yes(Work.@Nullable Urgent urgent) {
        return urgent == null ? null : "Urgent";
    }

    private static @Nullable String label(@Nullable Sensitivity sensitive) {
        return sensitive == null ? null : sensitive.label();
    }
}
