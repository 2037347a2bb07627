package org.postbag.contacts.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.ContactPanel;
import org.postbag.staff.StaffMember;
import org.springframework.stereotype.Component;

/** All that happened with a contact, the newest first: what came and was sent, and what was changed, joined and taken apart. Who looked stands in its history. */
@Component
class ContactTimeline {

    private static final int ENQUIRIES_A_PAGE = 20;
    private static final int CHANGES_A_PAGE_MAX = 100;

    private final ContactPanel panel;
    private final AuditTrail trail;

    ContactTimeline(ContactPanel panel, AuditTrail trail) {
        this.panel = panel;
        this.trail = trail;
    }

    /** An enquiry, or else a change. */
    public record Happening(Instant at, ContactPanel.@Nullable Line line, AuditTrail.@Nullable Entry change) {}

    /** @param total how many enquiries there are on all pages */
    record Page(List<Happening> happenings, long total, boolean hasNext) {}

    /** Pages are of so many enquiries each; changes stand on the page of the enquiries between which they were made. */
    Page page(long contactId, int number, StaffMember reader) {
        int offset = (number - 1) * ENQUIRIES_A_PAGE;
        long total = panel.count(contactId);
        boolean hasNext = total > (long) offset + ENQUIRIES_A_PAGE;
        // The last of the page before tells where this one begins.
        int before = offset == 0 ? 0 : 1;
        var lines = panel.timeline(contactId, offset - before, ENQUIRIES_A_PAGE + before, reader);
        var own = lines.subList(Math.min(before, lines.size()), lines.size());
        var until =
                before == 0 || lines.isEmpty() ? Instant.MAX : lines.getFirst().receivedAt();
        var from = hasNext && !own.isEmpty() ? own.getLast().receivedAt() : Instant.MIN;
        var happenings = new ArrayList<Happening>();
        own.forEach(line -> happenings.add(new Happening(line.receivedAt(), line, null)));
        trail.changes(Subject.contact(contactId), from, until, CHANGES_A_PAGE_MAX)
                .forEach(change -> happenings.add(new Happening(change.at(), null, change)));
        happenings.sort(Comparator.comparing(Happening::at).reversed());
        return new Page(happenings, total, hasNext);
    }
}
