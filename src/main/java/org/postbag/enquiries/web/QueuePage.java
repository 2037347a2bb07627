package org.postbag.enquiries.web;

import java.util.Arrays;
import java.util.List;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.Labelled;
import org.postbag.enquiries.Queues;
import org.postbag.enquiries.Queues.Kind;
import org.postbag.enquiries.Queues.Queue;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.postbag.staff.StaffTexts;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What is to be done: mine, nobody's, everybody's. What is ticked is changed together, see {@link BulkPage}. */
@Controller
@AllowedTo({Role.OFFICER, Role.REVIEWER})
class QueuePage {

    static final String PATH = "/queues";

    private static final int LINES_A_PAGE = 100;
    private static final int PAGE_MAX = 500;

    private final Queues queues;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    QueuePage(Queues queues, AuditTrail trail, CurrentStaff staff, StaffTexts texts) {
        this.queues = queues;
        this.trail = trail;
        this.staff = staff;
        this.texts = texts;
    }

    /** One of the ways to narrow the list. */
    record Choice(String code, String label, boolean chosen, int count) {

        /** "1,000+" where there are more than are counted. */
        public String number() {
            return count > Queues.COUNT_MAX
                    ? String.format(java.util.Locale.UK, "%,d+", Queues.COUNT_MAX)
                    : String.format(java.util.Locale.UK, "%,d", count);
        }
    }

    /**
     * @param queue without one: nobody's, which is where new work is
     * @param tick {@code all} ticks the whole page, for browsers without scripts too
     */
    @GetMapping(PATH)
    ModelAndView list(
            @RequestParam(defaultValue = "unassigned") String queue,
            @RequestParam(defaultValue = "everything") String kind,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "") String tick) {
        var member = staff.member();
        var chosen = Labelled.of(Queue.class, queue).orElse(Queue.UNASSIGNED);
        var ofKind = Labelled.of(Kind.class, kind).orElse(Kind.EVERYTHING);
        int number = Math.clamp(page, 1, PAGE_MAX);
        int offset = (number - 1) * LINES_A_PAGE;
        var lines = queues.list(chosen, ofKind, member, offset, LINES_A_PAGE + 1);
        var shown = lines.subList(0, Math.min(lines.size(), LINES_A_PAGE));
        trail.record(
                new AuditEvent(member.actor(), Action.LOOKED, new Subject("queue", chosen.code()), "page " + number));
        var view = new ModelAndView("enquiries/queues");
        view.addObject("queue", chosen);
        view.addObject("kind", ofKind);
        view.addObject("queues", queues(chosen, member));
        view.addObject("kinds", kinds(chosen, ofKind, member));
        view.addObject("lines", shown);
        view.addObject("ticked", tick.equals("all"));
        view.addObject("actions", BulkAction.values());
        view.addObject("pageNumber", number);
        var path = path(chosen, ofKind);
        view.addObject("path", path);
        view.addObject("before", number > 1 ? path + "&page=" + (number - 1) : null);
        view.addObject(
                "after", lines.size() > LINES_A_PAGE && number < PAGE_MAX ? path + "&page=" + (number + 1) : null);
        return view;
    }

    private List<Choice> queues(Queue chosen, StaffMember member) {
        return Arrays.stream(Queue.values())
                .map(one -> new Choice(
                        one.code(), texts.label(one), one == chosen, queues.count(one, Kind.EVERYTHING, member)))
                .toList();
    }

    private List<Choice> kinds(Queue queue, Kind chosen, StaffMember member) {
        return Arrays.stream(Kind.values())
                .map(one -> new Choice(one.code(), texts.label(one), one == chosen, queues.count(queue, one, member)))
                .toList();
    }

    static String path(Queue queue, Kind kind) {
        return PATH + "?queue=" + queue.code() + "&kind=" + kind.code();
    }
}
