package org.postbag.contacts.web;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Merging;
import org.postbag.contacts.Merging.Outcome;
import org.postbag.contacts.Merging.Side;
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

/** Finding the contact that is the same as one, looking at the two side by side, and merging them. */
@Controller
@RequestMapping("/contacts/{id:[0-9]+}/merge")
@AllowedTo({Role.OFFICER, Role.REVIEWER})
class MergePage {

    private static final OtherContacts.Purpose PURPOSE = new OtherContacts.Purpose(
            "merge",
            "contact-record.merge",
            "contact-merge.find.lead",
            "contact-merge.find.choose",
            false,
            one -> true);

    private final Contacts contacts;
    private final ContactPanel panel;
    private final Merging merging;
    private final OtherContacts others;
    private final PairViews views;
    private final StaffTexts texts;
    private final CurrentStaff staff;

    MergePage(
            Contacts contacts,
            ContactPanel panel,
            Merging merging,
            OtherContacts others,
            PairViews views,
            StaffTexts texts,
            CurrentStaff staff) {
        this.views = views;
        this.contacts = contacts;
        this.panel = panel;
        this.merging = merging;
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
        return others.page(contact(id), search, PURPOSE);
    }

    @GetMapping("/{other:[0-9]+}")
    ModelAndView compare(@PathVariable long id, @PathVariable long other) {
        return sides(id, other, null, "");
    }

    @PostMapping("/{other:[0-9]+}")
    @AllowedTo(Role.REVIEWER)
    ModelAndView merge(
            @PathVariable long id,
            @PathVariable long other,
            @RequestParam long survivor,
            @RequestParam int version,
            @RequestParam int otherVersion,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        if (survivor != id && survivor != other) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        var one = new Side(id, version);
        var two = new Side(other, otherVersion);
        boolean asShown = survivor == id;
        var outcome = merging.merge(
                asShown ? one : two, asShown ? two : one, reason, staff.member().actor());
        if (!(outcome instanceof Outcome.Merged(var merge))) {
            var page = sides(id, other, outcome, reason);
            page.setStatus(HttpStatus.CONFLICT);
            return page;
        }
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                new Notice(
                        texts.say("contact-merge.done", Long.toString(merge.merged())),
                        "/contacts/merges/" + merge.id() + "/undo"));
        return new ModelAndView("redirect:/contacts/" + merge.survivor());
    }

    /** Staff are no longer sure that two are not the same: then they may be merged. */
    @PostMapping("/{other:[0-9]+}/reconsider")
    @AllowedTo(Role.REVIEWER)
    String reconsider(
            @PathVariable long id,
            @PathVariable long other,
            @RequestParam long one,
            @RequestParam long two,
            RedirectAttributes redirect) {
        boolean done = merging.reconsider(one, two, staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice(texts.say("contact-merge.reconsidered"))
                        : Notice.refusal(texts.say("contact-merge.reconsidered.already")));
        return "redirect:/contacts/" + id + "/merge/" + other;
    }

    private ModelAndView sides(long id, long other, @Nullable Outcome refused, String reason) {
        var one = contact(id);
        var two = contact(other);
        var view = new ModelAndView("contacts/merge");
        var both = List.of(one, two);
        others.looked(both);
        view.addObject("contact", one);
        view.addObject("other", two);
        view.addObject("both", both);
        view.addObject("survivor", survivor(one, two));
        view.addObject("pair", views.beside(id, other).orElse(null));
        view.addObject("reason", reason);
        var said = Optional.ofNullable(refused).or(() -> merging.refusal(new Side(id, null), new Side(other, null)));
        view.addObject("refused", said.map(why -> MergeWords.of(why, texts)).orElse(null));
        view.addObject(
                "notSame", said.filter(Outcome.SaidNotSame.class::isInstance).orElse(null));
        // What changed since can be looked at and merged now; any other refusal stands.
        view.addObject("possible", said.isEmpty() || said.get() instanceof Outcome.Changed);
        view.addObject("mayMerge", staff.member().has(Role.REVIEWER));
        return view;
    }

    /** The one with more, or the one that is longer known. */
    private long survivor(Contact one, Contact two) {
        long ofOne = panel.count(one.id());
        long ofTwo = panel.count(two.id());
        boolean first = ofOne == ofTwo ? !one.createdAt().isAfter(two.createdAt()) : ofOne > ofTwo;
        return first ? one.id() : two.id();
    }

    private Contact contact(long id) {
        return contacts.byId(id)
                .filter(contact -> contact.erasedAt() == null)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
