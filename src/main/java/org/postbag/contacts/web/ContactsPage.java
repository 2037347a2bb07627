package org.postbag.contacts.web;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactLookup;
import org.postbag.contacts.Contacts;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Finding a contact. What is typed is posted and kept under an opaque id; no URL ever holds it. */
@Controller
@RequestMapping("/contacts")
@AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
class ContactsPage {

    private static final int SHOWN_MAX = 50;

    private final ContactLookup lookup;
    private final TypedNames names;
    private final Contacts contacts;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    ContactsPage(ContactLookup lookup, TypedNames names, Contacts contacts, AuditTrail trail, CurrentStaff staff) {
        this.lookup = lookup;
        this.names = names;
        this.contacts = contacts;
        this.trail = trail;
        this.staff = staff;
    }

    @GetMapping
    ModelAndView recent() {
        return shown("recent", "", lookup.recent(SHOWN_MAX, staff.member()));
    }

    @PostMapping("/search")
    ModelAndView ask(@RequestParam(defaultValue = "") String q) {
        if (q.isBlank()) {
            return new ModelAndView("redirect:/contacts");
        }
        return new ModelAndView("redirect:/contacts/search/" + names.keep(q, staff.member()));
    }

    @GetMapping("/search/{id}")
    ModelAndView found(@PathVariable UUID id) {
        var typed = names.typed(id, staff.member());
        if (typed.isEmpty()) {
            var page = page("", List.of());
            page.setStatus(HttpStatus.NOT_FOUND);
            page.addObject("forgotten", true);
            return page;
        }
        // One more than is shown, to know whether there are more.
        var found = lookup.find(typed.get(), SHOWN_MAX + 1, staff.member());
        var page = shown(
                id.toString(), typed.get(), found.stream().limit(SHOWN_MAX).toList());
        page.addObject("more", found.size() > SHOWN_MAX);
        return page;
    }

    /** Names and addresses are shown, so the trail says whose: what was typed stands under the question's id as long as that is kept. */
    private ModelAndView shown(String question, String typed, List<Contact> found) {
        var ids = found.stream().map(contact -> Long.toString(contact.id())).collect(Collectors.joining(" "));
        trail.record(new AuditEvent(
                staff.member().actor(),
                Action.SEARCHED,
                new Subject("contact-search", question),
                "Contacts shown: " + (ids.isEmpty() ? "none" : ids)));
        return page(typed, found);
    }

    private ModelAndView page(String typed, List<Contact> found) {
        var page = new ModelAndView("contacts/contacts");
        page.addObject("typed", typed);
        page.addObject("contacts", found);
        page.addObject(
                "identifiers",
                contacts.identifiersOf(found.stream().map(Contact::id).toList(), staff.member()));
        page.addObject("shownMax", SHOWN_MAX);
        return page;
    }
}
