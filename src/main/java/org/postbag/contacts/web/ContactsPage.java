package org.postbag.contacts.web;

import java.util.List;
import java.util.UUID;
import org.postbag.contacts.Contact;
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

    private final ContactFinder finder;
    private final Contacts contacts;
    private final CurrentStaff staff;

    ContactsPage(ContactFinder finder, Contacts contacts, CurrentStaff staff) {
        this.finder = finder;
        this.contacts = contacts;
        this.staff = staff;
    }

    @GetMapping
    ModelAndView recent() {
        return page("", finder.recent(SHOWN_MAX));
    }

    @PostMapping("/search")
    ModelAndView ask(@RequestParam(defaultValue = "") String q) {
        if (q.isBlank()) {
            return new ModelAndView("redirect:/contacts");
        }
        return new ModelAndView("redirect:/contacts/search/" + finder.keep(q, staff.member()));
    }

    @GetMapping("/search/{id}")
    ModelAndView found(@PathVariable UUID id) {
        var typed = finder.typed(id, staff.member());
        if (typed.isEmpty()) {
            var page = page("", List.of());
            page.setStatus(HttpStatus.NOT_FOUND);
            page.addObject("forgotten", true);
            return page;
        }
        // One more than is shown, to know whether there are more.
        var found = finder.find(typed.get(), SHOWN_MAX + 1);
        var page = page(typed.get(), found.stream().limit(SHOWN_MAX).toList());
        page.addObject("more", found.size() > SHOWN_MAX);
        return page;
    }

    private ModelAndView page(String typed, List<Contact> found) {
        var page = new ModelAndView("contacts/contacts");
        page.addObject("typed", typed);
        page.addObject("contacts", found);
        page.addObject(
                "identifiers",
                contacts.identifiersOf(found.stream().map(Contact::id).toList()));
        page.addObject("shownMax", SHOWN_MAX);
        return page;
    }
}
