package org.postbag.contacts.web;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactLookup;
import org.postbag.contacts.Contacts;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.StaffTexts;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** Finding another contact, for one that staff are at. */
@Component
class OtherContacts {

    private static final int SHOWN_MAX = 20;

    private final ContactLookup lookup;
    private final TypedNames names;
    private final Contacts contacts;
    private final AuditTrail trail;
    private final StaffTexts texts;
    private final CurrentStaff staff;

    OtherContacts(
            ContactLookup lookup,
            TypedNames names,
            Contacts contacts,
            AuditTrail trail,
            StaffTexts texts,
            CurrentStaff staff) {
        this.lookup = lookup;
        this.names = names;
        this.contacts = contacts;
        this.trail = trail;
        this.texts = texts;
        this.staff = staff;
    }

    /**
     * What another contact is looked for; its texts by their keys.
     *
     * @param under the path under the contact's own: to it the number of the one that is chosen is added
     * @param choose what is said on each that is found
     * @param posts whether choosing does something
     * @param fits which may be chosen
     */
    record Purpose(String under, String heading, String lead, String choose, boolean posts, Predicate<Contact> fits) {

        private String path(long id) {
            return "/contacts/" + id + "/" + under;
        }
    }

    /** Keeps what was typed, and leads to what is found by it. */
    String search(long id, String typed, Purpose purpose) {
        return "redirect:" + purpose.path(id) + (typed.isBlank() ? "" : "/search/" + names.keep(typed, staff.member()));
    }

    /** @param search null before anything was typed */
    ModelAndView page(Contact contact, @Nullable UUID search, Purpose purpose) {
        var typed = search == null ? "" : names.typed(search, staff.member()).orElse("");
        List<Contact> found = typed.isEmpty()
                ? List.of()
                : lookup.find(typed, SHOWN_MAX + 1, staff.member()).stream()
                        .filter(one ->
                                one.id() != contact.id() && purpose.fits().test(one))
                        .limit(SHOWN_MAX)
                        .toList();
        if (!found.isEmpty()) {
            trail.record(new AuditEvent(
                    staff.member().actor(),
                    Action.SEARCHED,
                    new Subject("contact-search", String.valueOf(search)),
                    "Contacts shown: "
                            + found.stream().map(one -> Long.toString(one.id())).collect(Collectors.joining(" "))));
        }
        var view = new ModelAndView("contacts/find-other");
        view.addObject("contact", contact);
        view.addObject("heading", texts.say(purpose.heading()));
        view.addObject("lead", texts.say(purpose.lead()));
        view.addObject("action", purpose.path(contact.id()));
        view.addObject("choose", texts.say(purpose.choose()));
        view.addObject("posts", purpose.posts());
        view.addObject("typed", typed);
        view.addObject("found", found);
        view.addObject(
                "identifiers",
                contacts.identifiersOf(found.stream().map(Contact::id).toList(), staff.member()));
        return view;
    }

    void looked(Collection<Contact> shown) {
        trail.record(shown.stream()
                .map(one -> new AuditEvent(staff.member().actor(), Action.LOOKED, Subject.contact(one.id())))
                .toList());
    }
}
