package org.postbag.contacts.web;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Contact;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Reviews;
import org.postbag.contacts.Reviews.Review;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Says whose an address or number is that several contacts have, and settles the matter with that: one contact's alone, or all of theirs. */
@Controller
@RequestMapping("/review/{id:[0-9]+}/whose")
@AllowedTo(Role.REVIEWER)
class WhoseAddressPage {

    private final Reviews reviews;
    private final Contacts contacts;
    private final StaffTexts texts;
    private final CurrentStaff staff;

    WhoseAddressPage(Reviews reviews, Contacts contacts, StaffTexts texts, CurrentStaff staff) {
        this.reviews = reviews;
        this.contacts = contacts;
        this.texts = texts;
        this.staff = staff;
    }

    /** @param contact whose alone it is; without one, several share it, which it is already */
    @PostMapping
    String say(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Long contact,
            RedirectAttributes redirect) {
        var review = reviews.byId(id)
                .filter(Review::asksWhose)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var identifierId = review.identifierId();
        var actor = staff.member().actor();
        if (!review.open() || identifierId == null) {
            return refused(id, redirect);
        }
        if (contact == null) {
            boolean done = reviews.settleAsShared(id, actor);
            return done ? shared(id, redirect) : refused(id, redirect);
        }
        var kept = review.contacts().stream().filter(one -> one.id() == contact).findFirst();
        if (kept.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        var retired = contacts.keepFor(contact, identifierId, actor);
        if (retired.isEmpty()) {
            return refused(id, redirect);
        }
        reviews.settleAsOf(id, contact, actor);
        return kept(id, kept.get(), retired, redirect);
    }

    private String shared(long id, RedirectAttributes redirect) {
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE, new Notice(texts.say("matters.whose.shared"), "/review/" + id + "/reopen"));
        return "redirect:/review/matters";
    }

    private String kept(long id, Contact contact, List<Long> retired, RedirectAttributes redirect) {
        var undo = retired.stream().map(one -> "retired=" + one).collect(Collectors.joining("&"));
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                new Notice(
                                texts.say("matters.whose.one", retired.size()),
                                "/review/" + id + "/whose/undo?" + undo)
                        .about("/contacts/" + contact.id(), contact.shownName()));
        return "redirect:/review/matters";
    }

    private String refused(long id, RedirectAttributes redirect) {
        redirect.addFlashAttribute(Notice.ATTRIBUTE, Notice.refusal(texts.say("matters.whose.refused")));
        return "redirect:/review/" + id;
    }

    /** @param retired those for which it was retired: one that another took over since, or uses again, stays as it is */
    @PostMapping("/undo")
    String undo(@PathVariable long id, @RequestParam List<Long> retired, RedirectAttributes redirect) {
        var review = reviews.byId(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var identifierId = review.identifierId();
        if (identifierId == null || review.open() || retired.size() > Reviews.CONTACTS_SHOWN_MAX * 10) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        var actor = staff.member().actor();
        long again = retired.stream()
                .filter(contact -> contacts.useAgain(contact, identifierId, actor))
                .count();
        if (again > 0) {
            reviews.reopen(id, actor);
        }
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                again == retired.size()
                        ? new Notice(texts.say("matters.whose.undone"))
                        : Notice.refusal(texts.say("matters.whose.undone.part", again, retired.size())));
        return "redirect:/review/" + id;
    }
}
