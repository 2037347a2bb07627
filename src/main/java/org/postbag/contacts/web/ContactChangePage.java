package org.postbag.contacts.web;

import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Locale;
import org.postbag.contacts.Contact;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Contacts.Corrected;
import org.postbag.retention.Category;
import org.postbag.retention.RuleTable;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Role;
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

/** Changing one thing about a contact. A save over someone else's change is refused, and both texts are shown. */
@Controller
@RequestMapping("/contacts/{id:[0-9]+}/change/{field}")
@AllowedTo({Role.OFFICER, Role.REVIEWER})
class ContactChangePage {

    private static final String UNDO = ContactChangePage.class.getName() + ".undo";

    private final Contacts contacts;
    private final RuleTable rules;
    private final CurrentStaff staff;

    ContactChangePage(Contacts contacts, RuleTable rules, CurrentStaff staff) {
        this.contacts = contacts;
        this.rules = rules;
        this.staff = staff;
    }

    /** What the last save of a session replaced. It stays on the server: a name in the undo button's address would be personal data in a URL. */
    private record Undo(ContactField field, Contact before, int savedVersion) {}

    /** A category to choose, with what choosing it means. */
    record Choice(String code, String label, String hint) {}

    @GetMapping
    ModelAndView show(@PathVariable long id, @PathVariable String field) {
        var contact = contact(id);
        var changed = field(field);
        return page(contact, changed, changed.of(contact), contact.version());
    }

    @PostMapping
    ModelAndView save(
            @PathVariable long id,
            @PathVariable String field,
            @RequestParam(defaultValue = "") String value,
            @RequestParam int version,
            HttpSession session,
            RedirectAttributes redirect) {
        var changed = field(field);
        var before = contact(id);
        var typed = value.strip();
        var problem = changed.problem(typed);
        if (problem.isPresent()) {
            var page = page(before, changed, value, version);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", List.of(problem.get()));
            return page;
        }
        if (changed.isSaid(before, typed)) {
            return new ModelAndView("redirect:/contacts/" + id);
        }
        return switch (contacts.correct(
                changed.correction(before, version, typed), staff.member().actor())) {
            case Corrected.Saved(var saved) -> {
                session.setAttribute(UNDO, new Undo(changed, before, saved.version()));
                redirect.addFlashAttribute(
                        Notice.ATTRIBUTE,
                        new Notice(
                                changed.label() + " saved.",
                                "/contacts/" + id + "/change/" + changed.code() + "/undo"));
                yield new ModelAndView("redirect:/contacts/" + id);
            }
            case Corrected.Refused(var current) -> overtaken(current, changed, value);
            case Corrected.Unknown() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        };
    }

    /** Puts back what the last save replaced, unless someone has changed the contact since. */
    @PostMapping("/undo")
    String undo(@PathVariable long id, @PathVariable String field, HttpSession session, RedirectAttributes redirect) {
        var changed = field(field);
        var notice = Notice.refusal(
                "Not put back: only your last change can be, and only soon after it. What was saved stands.");
        if (session.getAttribute(UNDO) instanceof Undo undo
                && undo.field() == changed
                && undo.before().id() == id) {
            session.removeAttribute(UNDO);
            notice = putBack(undo)
                    ? new Notice(changed.label() + " put back.")
                    : Notice.refusal("Not put back: someone has changed this contact since. What they saved stands.");
        }
        redirect.addFlashAttribute(Notice.ATTRIBUTE, notice);
        return "redirect:/contacts/" + id;
    }

    /** Takes the name in the contact's earliest item again. */
    @PostMapping("/from-item")
    String useItemName(
            @PathVariable long id, @PathVariable String field, @RequestParam int version, RedirectAttributes redirect) {
        if (field(field) != ContactField.NAME) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        boolean saved = contacts.useItemName(id, version, staff.member().actor()) instanceof Corrected.Saved;
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                saved
                        ? new Notice("The name is the one in the item again.")
                        : Notice.refusal("Nothing was changed: someone has changed this contact since."));
        return "redirect:/contacts/" + id;
    }

    private boolean putBack(Undo undo) {
        var before = undo.before();
        var actor = staff.member().actor();
        boolean toItemName = undo.field() == ContactField.NAME && !before.nameByStaff();
        return (toItemName
                        ? contacts.useItemName(before.id(), undo.savedVersion(), actor)
                        : contacts.correct(undo.field().puttingBack(before, undo.savedVersion()), actor))
                instanceof Corrected.Saved;
    }

    /** Both texts are kept: theirs stands beside what was typed, and saving again is on top of theirs. */
    private ModelAndView overtaken(Contact current, ContactField field, String typed) {
        if (current.mergedInto() != null || current.erasedAt() != null) {
            return new ModelAndView("redirect:/contacts/" + current.id());
        }
        var page = page(current, field, typed, current.version());
        page.setStatus(HttpStatus.CONFLICT);
        page.addObject("theirs", field.words(field.of(current)));
        page.addObject("mine", field.words(typed));
        return page;
    }

    private ModelAndView page(Contact contact, ContactField field, String typed, int version) {
        var page = new ModelAndView("contacts/change");
        page.addObject("contact", contact);
        page.addObject("field", field);
        page.addObject("heading", "Change " + field.label().toLowerCase(Locale.ROOT));
        page.addObject("typed", typed);
        page.addObject("version", version);
        if (field.isChosen()) {
            page.addObject("choices", choices(field));
        }
        return page;
    }

    private List<Choice> choices(ContactField field) {
        return switch (field) {
            case KIND -> kinds();
            case WRITERS -> writers();
            default -> categories();
        };
    }

    private static List<Choice> writers() {
        return List.of(
                new Choice("one", "One person", "What comes from their address is theirs."),
                new Choice(
                        "several",
                        "Several people",
                        "The contact is the mailbox that an office or a household shares: its address says nothing of which of them wrote, so it is not taken as"
                                + " a sign that two contacts are one. Each thread is kept from its own last contact."));
    }

    private static List<Choice> kinds() {
        return List.of(
                new Choice(
                        "person",
                        "Person",
                        "All their enquiries are kept until the same date, from their last contact."),
                new Choice(
                        "organisation",
                        "Organisation",
                        "Each thread is kept from its own last contact, so that a busy office does not keep others’ enquiries."));
    }

    private List<Choice> categories() {
        var table = rules.current();
        return Category.ofContacts().stream()
                .map(category -> new Choice(
                        category.code(), category.label(), table.of(category).reason() + "."))
                .toList();
    }

    private Contact contact(long id) {
        return contacts.byId(id)
                .filter(contact -> contact.erasedAt() == null && contact.mergedInto() == null)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static ContactField field(String code) {
        return ContactField.of(code).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
