package org.postbag.contacts.web;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Contacts.Corrected;
import org.postbag.contacts.Contacts.Correction;
import org.postbag.contacts.IdentifierUse;
import org.postbag.contacts.Reviews;
import org.postbag.contacts.Reviews.Matter;
import org.postbag.contacts.Reviews.Review;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a person should look at about contacts: conflicts that filing noted and did not decide. */
@Controller
@RequestMapping("/review")
class MattersPage {

    private static final int MATTERS_A_PAGE = 10;
    private static final int PAGE_MAX = 10_000;

    private final Reviews reviews;
    private final Contacts contacts;
    private final ContactPanel panel;
    private final ContactSight sight;
    private final ReviewTabs tabs;
    private final AuditTrail trail;
    private final StaffTexts texts;
    private final CurrentStaff staff;

    MattersPage(
            Reviews reviews,
            Contacts contacts,
            ContactPanel panel,
            ContactSight sight,
            ReviewTabs tabs,
            AuditTrail trail,
            StaffTexts texts,
            CurrentStaff staff) {
        this.reviews = reviews;
        this.contacts = contacts;
        this.panel = panel;
        this.sight = sight;
        this.tabs = tabs;
        this.trail = trail;
        this.texts = texts;
        this.staff = staff;
    }

    @GetMapping("/matters")
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView open(@RequestParam(defaultValue = "1") int page) {
        int number = Math.clamp(page, 1, PAGE_MAX);
        int offset = (number - 1) * MATTERS_A_PAGE;
        long total = reviews.openCount();
        var open = reviews.open(offset, MATTERS_A_PAGE);
        var shown = open.stream().filter(sight::mayRead).toList();
        var view = view(shown);
        view.addObject("withheld", open.size() - shown.size());
        view.addObject("total", total);
        view.addObject("counts", tabs.counts());
        view.addObject("pageNumber", number);
        view.addObject("hasNext", total > (long) offset + MATTERS_A_PAGE);
        return view;
    }

    @GetMapping("/{id:[0-9]+}")
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView one(@PathVariable long id) {
        var review = reviews.byId(id);
        if (review.isEmpty()) {
            var missing = new ModelAndView("contacts/no-review");
            missing.setStatus(HttpStatus.NOT_FOUND);
            return missing;
        }
        var view = view(List.of(review.get()));
        view.addObject("alone", true);
        view.addObject("pageNumber", 1);
        view.addObject("hasNext", false);
        return view;
    }

    @PostMapping("/{id:[0-9]+}/settle")
    @AllowedTo(Role.REVIEWER)
    String settle(@PathVariable long id, RedirectAttributes redirect) {
        boolean done = reviews.settle(id, staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice(texts.say("matters.settle.done"), "/review/" + id + "/reopen")
                        : Notice.refusal(texts.say("matters.settle.already")));
        return "redirect:/review/matters";
    }

    /** Says of the mailbox whose names differ who writes from it, and settles the matter with that. */
    @PostMapping("/{id:[0-9]+}/writers")
    @AllowedTo(Role.REVIEWER)
    String writers(@PathVariable long id, @RequestParam String value, RedirectAttributes redirect) {
        var review = reviews.byId(id)
                .filter(Review::asksWhoWrites)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (ContactField.WRITERS.problem(value, texts).isPresent()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        var actor = staff.member().actor();
        var before = review.contacts().getFirst();
        if (!review.open()
                || !(contacts.correct(ContactField.WRITERS.correction(before, before.version(), value), actor)
                        instanceof Corrected.Saved(var saved))) {
            redirect.addFlashAttribute(
                    Notice.ATTRIBUTE, Notice.refusal(texts.say("matters.writers.refused")));
            return "redirect:/review/" + id;
        }
        reviews.settle(id, actor);
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                new Notice(
                                texts.say(
                                        value.equals(ContactField.SEVERAL)
                                                ? "matters.writers.several"
                                                : "matters.writers.one"),
                                "/review/%d/writers/undo?version=%d&several=%s&said=%s"
                                        .formatted(
                                                id, saved.version(), before.sharedMailbox(), before.writersByStaff()))
                        .about("/contacts/" + saved.id(), saved.shownName()));
        return "redirect:/review/matters";
    }

    /** @param version of the contact after it was said: what somebody changed since stands */
    @PostMapping("/{id:[0-9]+}/writers/undo")
    @AllowedTo(Role.REVIEWER)
    String undoWriters(
            @PathVariable long id,
            @RequestParam int version,
            @RequestParam boolean several,
            @RequestParam boolean said,
            RedirectAttributes redirect) {
        var review = reviews.byId(id)
                .filter(Review::asksWhoWrites)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var now = review.contacts().getFirst();
        var actor = staff.member().actor();
        var back =
                new Correction(now.id(), version, now.kind(), now.category(), null, now.organisation(), several, said);
        boolean done = contacts.correct(back, actor) instanceof Corrected.Saved && reviews.reopen(id, actor);
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice(texts.say("matters.writers.undone"))
                        : Notice.refusal(texts.say("matters.writers.undone.refused")));
        return "redirect:/review/" + id;
    }

    @PostMapping("/{id:[0-9]+}/reopen")
    @AllowedTo(Role.REVIEWER)
    String reopen(@PathVariable long id, RedirectAttributes redirect) {
        boolean done = reviews.reopen(id, staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice(texts.say("matters.reopen.done"))
                        : Notice.refusal(texts.say("matters.reopen.already")));
        return "redirect:/review/" + id;
    }

    /** The page shows names and addresses of the contacts, so it is a look at each. */
    private ModelAndView view(List<Review> shown) {
        var member = staff.member();
        var ids = shown.stream()
                .map(Review::contacts)
                .flatMap(Collection::stream)
                .map(Contact::id)
                .distinct()
                .toList();
        trail.record(ids.stream()
                .map(id -> new AuditEvent(member.actor(), Action.LOOKED, Subject.contact(id), "in review"))
                .toList());
        Map<Long, List<IdentifierUse>> identifiers = contacts.identifiersOf(ids, member);
        var view = new ModelAndView("contacts/matters");
        view.addObject("reviews", shown);
        view.addObject("identifiers", identifiers);
        view.addObject("names", names(shown));
        view.addObject("maySettle", member.has(Role.REVIEWER));
        return view;
    }

    /** Where the names differ, which names those are. */
    private Map<Long, List<String>> names(List<Review> shown) {
        return shown.stream()
                .filter(review -> review.matter() == Matter.NAME_DIFFERS)
                .flatMap(review -> review.contacts().stream())
                .map(Contact::id)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), id -> panel.names(id, staff.member())));
    }
}
