package org.postbag.contacts.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.PublicLists;
import org.postbag.contacts.PublicLists.Change;
import org.postbag.contacts.PublicLists.Taken;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The lists of public sources that were taken, and what each of them changed. A look at the latter is recorded. */
@Controller
@RequestMapping("/contacts/lists")
@AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
class PublicListsPage {

    private static final int LISTS_A_PAGE = 20;
    private static final int CHANGES_A_PAGE = 50;
    private static final int PAGE_MAX = 100_000;

    private final PublicLists lists;
    private final AuditTrail trail;
    private final StaffTexts texts;
    private final CurrentStaff staff;

    PublicListsPage(PublicLists lists, AuditTrail trail, StaffTexts texts, CurrentStaff staff) {
        this.lists = lists;
        this.trail = trail;
        this.texts = texts;
        this.staff = staff;
    }

    @GetMapping
    ModelAndView taken(@RequestParam(defaultValue = "1") int page) {
        int number = Math.clamp(page, 1, PAGE_MAX);
        var found = lists.taken((number - 1) * LISTS_A_PAGE, LISTS_A_PAGE + 1);
        var view = new ModelAndView("contacts/lists");
        view.addObject("lists", found.stream().limit(LISTS_A_PAGE).toList());
        pages(view, "/contacts/lists", number, found.size() > LISTS_A_PAGE);
        return view;
    }

    @GetMapping("/{profile:[a-z0-9-]+}/{day:[0-9-]+}")
    ModelAndView changes(
            @PathVariable String profile, @PathVariable String day, @RequestParam(defaultValue = "1") int page) {
        var found = day(day).flatMap(on -> lists.list(profile, on));
        if (found.isEmpty()) {
            var missing = new ModelAndView("contacts/list-missing");
            missing.setStatus(HttpStatus.NOT_FOUND);
            return missing;
        }
        var list = found.get();
        int number = Math.clamp(page, 1, PAGE_MAX);
        var changes = lists.changes(profile, list.figures().day(), (number - 1) * CHANGES_A_PAGE, CHANGES_A_PAGE + 1);
        var shown = changes.stream().limit(CHANGES_A_PAGE).toList();
        looked(list, shown);
        var view = new ModelAndView("contacts/list");
        view.addObject("list", list);
        view.addObject("title", texts.say("public-lists.day", UkTime.date(list.figures().day())));
        view.addObject("changes", shown);
        view.addObject("refused", lists.refused(profile, list.figures().day()));
        view.addObject("forReview", lists.forReview(profile, list.figures().day()));
        pages(view, "/contacts/lists/" + profile + "/" + list.figures().day(), number, changes.size() > CHANGES_A_PAGE);
        return view;
    }

    private static Optional<LocalDate> day(String written) {
        try {
            return Optional.of(LocalDate.parse(written));
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    private static void pages(ModelAndView view, String address, int number, boolean more) {
        view.addObject("before", number > 1 ? address + "?page=" + (number - 1) : null);
        view.addObject("after", more ? address + "?page=" + (number + 1) : null);
    }

    private void looked(Taken list, List<Change> shown) {
        var ids = shown.stream()
                .map(change -> Long.toString(change.contactId()))
                .distinct()
                .collect(Collectors.joining(" "));
        trail.record(new AuditEvent(
                staff.member().actor(),
                Action.LOOKED,
                new Subject("public-list", list.profile() + " " + list.figures().day()),
                "Contacts shown: " + (ids.isEmpty() ? "none" : ids)));
    }
}
