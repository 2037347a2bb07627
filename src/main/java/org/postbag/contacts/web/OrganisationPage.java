package org.postbag.contacts.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Contact;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Organisations;
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

/** Saying at which organisation a person is. */
@Controller
@RequestMapping("/contacts/{id:[0-9]+}/at")
@AllowedTo({Role.OFFICER, Role.REVIEWER})
class OrganisationPage {

    private static final OtherContacts.Purpose PURPOSE = new OtherContacts.Purpose(
            "at",
            "contact-at.title",
            "contact-at.lead",
            "contact-at.choose",
            true,
            one -> one.kind() == Contact.Kind.ORGANISATION);

    private final Contacts contacts;
    private final Organisations organisations;
    private final OtherContacts others;
    private final StaffTexts texts;
    private final CurrentStaff staff;

    OrganisationPage(
            Contacts contacts,
            Organisations organisations,
            OtherContacts others,
            StaffTexts texts,
            CurrentStaff staff) {
        this.contacts = contacts;
        this.organisations = organisations;
        this.others = others;
        this.texts = texts;
        this.staff = staff;
    }

    @GetMapping
    ModelAndView ask(@PathVariable long id) {
        return finding(id, null);
    }

    @PostMapping("/search")
    String search(@PathVariable long id, @RequestParam(defaultValue = "") String q) {
        return others.search(id, q, PURPOSE);
    }

    @GetMapping("/search/{search}")
    ModelAndView found(@PathVariable long id, @PathVariable UUID search) {
        return finding(id, search);
    }

    private ModelAndView finding(long id, @Nullable UUID search) {
        var contact = contacts.byId(id)
                .filter(one -> one.erasedAt() == null && one.mergedInto() == null)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return others.page(contact, search, PURPOSE);
    }

    @PostMapping("/{organisation:[0-9]+}")
    String put(@PathVariable long id, @PathVariable long organisation, RedirectAttributes redirect) {
        var text = switch (organisations.put(id, organisation, staff.member().actor())) {
            case DONE ->
                new Notice(texts.say("contact-at.saved"), "/contacts/" + id + "/at/" + organisation + "/remove");
            case NOTHING_TO_DO -> Notice.refusal(texts.say("contact-at.already"));
            case NOT_AN_ORGANISATION -> Notice.refusal(texts.say("contact-at.person"));
            case ITSELF -> Notice.refusal(texts.say("contact-at.itself"));
            case GONE -> Notice.refusal(texts.say("contact-at.gone"));
        };
        redirect.addFlashAttribute(Notice.ATTRIBUTE, text);
        return "redirect:/contacts/" + id;
    }

    @PostMapping("/{organisation:[0-9]+}/remove")
    String remove(@PathVariable long id, @PathVariable long organisation, RedirectAttributes redirect) {
        boolean done = organisations.remove(id, organisation, staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice(texts.say("contact-at.removed"), "/contacts/" + id + "/at/" + organisation)
                        : Notice.refusal(texts.say("contact-at.removed.already")));
        return "redirect:/contacts/" + id;
    }
}
