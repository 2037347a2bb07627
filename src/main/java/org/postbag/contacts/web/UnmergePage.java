package org.postbag.contacts.web;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Merging;
import org.postbag.contacts.Merging.Outcome;
import org.postbag.contacts.Merging.Parting;
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

/** Taking two merged contacts apart: what will be where, and a choice for what no address tells. */
@Controller
@RequestMapping("/contacts/merges/{id:[0-9]+}")
@AllowedTo({Role.OFFICER, Role.REVIEWER})
class UnmergePage {

    private final Merging merging;
    private final Contacts contacts;
    private final ContactPanel panel;
    private final OtherContacts others;
    private final StaffTexts texts;
    private final CurrentStaff staff;

    UnmergePage(
            Merging merging,
            Contacts contacts,
            ContactPanel panel,
            OtherContacts others,
            StaffTexts texts,
            CurrentStaff staff) {
        this.merging = merging;
        this.contacts = contacts;
        this.panel = panel;
        this.others = others;
        this.texts = texts;
        this.staff = staff;
    }

    @GetMapping
    ModelAndView show(@PathVariable long id) {
        var preview = merging.preview(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var merge = preview.merge();
        if (!merge.stands()) {
            return new ModelAndView("redirect:/contacts/" + merge.merged());
        }
        var survivor = contacts.byId(merge.survivor()).orElseThrow();
        var merged = contacts.byId(merge.merged()).orElseThrow();
        others.looked(List.of(survivor, merged));
        var view = new ModelAndView("contacts/unmerge");
        view.addObject("preview", preview);
        view.addObject("merge", merge);
        view.addObject("survivor", survivor);
        view.addObject("merged", merged);
        view.addObject("shown", contacts.shownAs(merge.survivor()).orElseThrow());
        view.addObject("identifiers", contacts.identifiersOf(preview.parting(), staff.member()));
        var since = Stream.of(preview.goes(), preview.stays(), preview.doubtful())
                .flatMap(List::stream)
                .map(Merging.Doubtful::enquiryId)
                .toList();
        view.addObject("hidden", panel.hidden(since, staff.member()));
        view.addObject("mayMerge", staff.member().has(Role.REVIEWER));
        return view;
    }

    @PostMapping
    @AllowedTo(Role.REVIEWER)
    String unmerge(
            @PathVariable long id, @RequestParam(defaultValue = "") Set<Long> going, RedirectAttributes redirect) {
        return parted(id, going, redirect);
    }

    /** The undo of a merge that was just made. */
    @PostMapping("/undo")
    @AllowedTo(Role.REVIEWER)
    String undo(@PathVariable long id, RedirectAttributes redirect) {
        return parted(id, Set.of(), redirect);
    }

    private String parted(long id, Set<Long> going, RedirectAttributes redirect) {
        return switch (merging.unmerge(id, going, staff.member().actor())) {
            case Parting.Parted(var merge) -> {
                say(
                        redirect,
                        new Notice(
                                texts.say(
                                        "contact-unmerge.done",
                                        Long.toString(merge.survivor()),
                                        Long.toString(merge.merged())),
                                "/contacts/merges/" + id + "/again"));
                yield "redirect:/contacts/" + merge.merged();
            }
            case Parting.EndedBefore(var merge) -> {
                say(redirect, Notice.refusal(texts.say("contact-unmerge.already")));
                yield "redirect:/contacts/" + merge.merged();
            }
            case Parting.Changed _ -> {
                say(redirect, Notice.refusal(texts.say("contact-unmerge.changed")));
                yield "redirect:/contacts/merges/" + id;
            }
            case Parting.Erased _ -> {
                say(redirect, Notice.refusal(texts.say("contact-unmerge.erased")));
                yield "redirect:/contacts";
            }
            case Parting.Unknown _ -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        };
    }

    /** The undo of taking apart. */
    @PostMapping("/again")
    @AllowedTo(Role.REVIEWER)
    String again(@PathVariable long id, RedirectAttributes redirect) {
        var merge = merging.byId(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var outcome = merging.again(id, staff.member().actor());
        say(
                redirect,
                outcome instanceof Outcome.Merged
                        ? new Notice(texts.say("contact-unmerge.again"))
                        : Notice.refusal(texts.say("contact-unmerge.again.refused", MergeWords.of(outcome, texts))));
        return "redirect:/contacts/" + merge.survivor();
    }

    private static void say(RedirectAttributes redirect, Notice notice) {
        redirect.addFlashAttribute(Notice.ATTRIBUTE, notice);
    }
}
