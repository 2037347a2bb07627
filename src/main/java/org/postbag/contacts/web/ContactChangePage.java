package org.postbag.contacts.web;

import jakarta.servlet.http.HttpSession;
import java.util.Arrays;
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

/** Changing one thing about a contact. A save over someone else's change is refused, and both texts are shown. */
@Controller
@RequestMapping("/contacts/{id:[0-9]+}/change/{field}")
@AllowedTo({Role.OFFICER, Role.REVIEWER})
class ContactChangePage {

    private static final String UNDO = ContactChangePage.class.getName() + ".undo";

    private final Contacts contacts;
    private final RuleTable rules;
    private final StaffTexts texts;
    private final CurrentStaff staff;

    ContactChangePage(Contacts contacts, RuleTable rules, StaffTexts texts, CurrentStaff staff) {
        this.contacts = contacts;
        this.rules = rules;
        this.texts = texts;
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
        var problem = changed.problem(typed, texts);
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
                                texts.say("contact-change.saved", texts.label(changed)),
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
        var notice = Notice.refusal(texts.say("contact-change.undone.late"));
        if (session.getAttribute(UNDO) instanceof Undo undo
                && undo.field() == changed
                && undo.before().id() == id) {
            session.removeAttribute(UNDO);
            notice = putBack(undo)
                    ? new Notice(texts.say("contact-change.undone", texts.label(changed)))
                    : Notice.refusal(texts.say("contact-change.undone.refused"));
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
                        ? new Notice(texts.say("contact-change.from-item.done"))
                        : Notice.refusal(texts.say("contact-change.from-item.refused")));
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
        page.addObject("theirs", field.words(field.of(current), texts));
        page.addObject("mine", field.words(typed, texts));
        return page;
    }

    private ModelAndView page(Contact contact, ContactField field, String typed, int version) {
        var page = new ModelAndView("contacts/change");
        page.addObject("contact", contact);
        page.addObject("field", field);
        page.addObject("heading", texts.say("contact-change.title", texts.label(field).toLowerCase(Locale.ROOT)));
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

    private List<Choice> writers() {
        return List.of(
                new Choice(
                        ContactField.ONE, texts.say("contacts.one-person"), texts.say("contact-change.one-person.hint")),
                new Choice(
                        ContactField.SEVERAL,
                        texts.say("contacts.several-people"),
                        texts.say("contact-change.several-people.hint")));
    }

    private List<Choice> kinds() {
        return Arrays.stream(Contact.Kind.values())
                .map(kind -> new Choice(
                        kind.code(),
                        texts.label(kind),
                        texts.say(
                                switch (kind) {
                                    case PERSON -> "contact-change.person.hint";
                                    case ORGANISATION -> "contact-change.organisation.chosen.hint";
                                })))
                .toList();
    }

    private List<Choice> categories() {
        var table = rules.current();
        return Category.ofContacts().stream()
                .map(category -> new Choice(
                        category.code(), texts.label(category), table.of(category).reason() + "."))
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
