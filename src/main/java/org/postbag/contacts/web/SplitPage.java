package org.postbag.contacts.web;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Splitting;
import org.postbag.contacts.Splitting.Outcome;
import org.postbag.contacts.Splitting.Undoing;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Taking a contact apart that turns out to be two: first its addresses, then its enquiries. */
@Controller
@AllowedTo({Role.OFFICER, Role.REVIEWER})
class SplitPage {

    private final Splitting splitting;
    private final OtherContacts others;
    private final ContactPanel panel;
    private final StaffTexts texts;
    private final CurrentStaff staff;

    SplitPage(Splitting splitting, OtherContacts others, ContactPanel panel, StaffTexts texts, CurrentStaff staff) {
        this.splitting = splitting;
        this.others = others;
        this.panel = panel;
        this.texts = texts;
        this.staff = staff;
    }

    @GetMapping("/contacts/{id:[0-9]+}/split")
    ModelAndView addresses(@PathVariable long id) {
        return page("contacts/split", id, Set.of());
    }

    /** @param use identifiers that go, by id */
    @GetMapping("/contacts/{id:[0-9]+}/split/enquiries")
    ModelAndView enquiries(@PathVariable long id, @RequestParam(defaultValue = "") Set<Long> use) {
        return page("contacts/split-enquiries", id, use);
    }

    /**
     * @param going the enquiries that are ticked
     * @param listed all that were there to tick: others that came by an address that goes follow it
     */
    @PostMapping("/contacts/{id:[0-9]+}/split/enquiries")
    @AllowedTo(Role.REVIEWER)
    ModelAndView split(
            @PathVariable long id,
            @RequestParam int version,
            @RequestParam(defaultValue = "") Set<Long> use,
            @RequestParam(defaultValue = "") Set<Long> going,
            @RequestParam(defaultValue = "") Set<Long> listed,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        var staying = new HashSet<>(listed);
        staying.removeAll(going);
        var asked = new Splitting.Split(id, version, use, going, staying, reason);
        var outcome = splitting.split(asked, staff.member().actor());
        if (outcome instanceof Outcome.Done(var move)) {
            redirect.addFlashAttribute(
                    Notice.ATTRIBUTE,
                    new Notice(
                            texts.say("contact-split.done", Long.toString(id)),
                            "/contacts/moves/" + move.id() + "/undo"));
            return new ModelAndView("redirect:/contacts/" + move.to());
        }
        var page = page("contacts/split-enquiries", id, use);
        page.setStatus(outcome instanceof Outcome.Changed ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT);
        page.addObject("refused", words(outcome));
        page.addObject("ticked", going);
        page.addObject("reason", reason);
        return page;
    }

    private @Nullable String words(Outcome refused) {
        return switch (refused) {
            case Outcome.NothingChosen _ -> texts.say("contact-split.nothing-chosen");
            case Outcome.NothingLeft _ -> texts.say("contact-split.nothing-left");
            case Outcome.Changed _ -> texts.say("contact-split.changed");
            case Outcome.Erased _ -> texts.say("contact-split.erased");
            case Outcome.Unknown _, Outcome.Done _ -> null;
        };
    }

    @PostMapping("/contacts/moves/{move:[0-9]+}/undo")
    @AllowedTo(Role.REVIEWER)
    String undo(@PathVariable long move, RedirectAttributes redirect) {
        var asked = splitting.byId(move).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var notice = switch (splitting.undo(move, staff.member().actor())) {
            case Undoing.Undone _ ->
                new Notice(texts.say("contact-split.undone", Long.toString(asked.to())));
            case Undoing.UndoneBefore _ -> Notice.refusal(texts.say("contact-split.undone.already"));
            case Undoing.Erased _ -> Notice.refusal(texts.say("contact-split.undone.erased"));
            case Undoing.ChangedSince(var contactId) ->
                Notice.refusal(texts.say("contact-split.undone.changed", Long.toString(contactId)));
            case Undoing.Unknown _ -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        };
        redirect.addFlashAttribute(Notice.ATTRIBUTE, notice);
        return "redirect:/contacts/" + asked.from();
    }

    private ModelAndView page(String name, long id, Set<Long> use) {
        var choice = splitting
                .choice(id, use)
                .filter(found -> found.contact().erasedAt() == null)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        others.looked(List.of(choice.contact()));
        var view = new ModelAndView(name);
        view.addObject("choice", choice);
        view.addObject(
                "uses",
                panel.readable(Map.of(id, choice.uses()), staff.member()).get(id));
        view.addObject(
                "hidden",
                panel.hidden(choice.enquiries().stream().map(Splitting.Line::id).toList(), staff.member()));
        view.addObject("contact", choice.contact());
        view.addObject("use", use);
        view.addObject("reason", "");
        view.addObject("mayMerge", staff.member().has(Role.REVIEWER));
        return view;
    }
}
