package org.postbag.enquiries.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.AnswerWay;
import org.postbag.enquiries.Change;
import org.postbag.enquiries.Enquiries;
import org.postbag.enquiries.Notes;
import org.postbag.enquiries.Openings;
import org.postbag.enquiries.Sensitivity;
import org.postbag.enquiries.Work.Member;
import org.postbag.enquiries.WorkStatus;
import org.postbag.enquiries.Working;
import org.postbag.enquiries.Working.Outcome;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What staff change of the work on an enquiry, from its page. */
@Controller
@RequestMapping("/enquiries/{id:[0-9]+}")
@AllowedTo({Role.OFFICER, Role.REVIEWER})
class WorkPage {

    private static final String SENSITIVE = "sensitive";

    private final Working working;
    private final Enquiries enquiries;
    private final Notes notes;
    private final Openings openings;
    private final CurrentStaff staff;
    private final StaffTexts texts;
    private final WorkView view;

    WorkPage(
            Working working,
            Enquiries enquiries,
            Notes notes,
            Openings openings,
            CurrentStaff staff,
            StaffTexts texts,
            WorkView view) {
        this.working = working;
        this.enquiries = enquiries;
        this.notes = notes;
        this.openings = openings;
        this.staff = staff;
        this.texts = texts;
        this.view = view;
    }

    /**
     * @param version of the state that the page showed
     * @param act what to change
     * @param value to what
     * @param viewer ids of who may read it, where it is made sensitive
     */
    @PostMapping("/work")
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView change(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String value,
            @RequestParam(defaultValue = "") Set<Long> viewer,
            RedirectAttributes redirect) {
        var member = staff.member();
        if (!act.equals(SENSITIVE) && !member.has(Role.OFFICER) && !member.has(Role.REVIEWER)) {
            return back(id, Notice.refusal(texts.say("work.not-for-readers")), redirect);
        }
        var change = change(act, value, viewer);
        if (change.isEmpty()) {
            return act.equals(SENSITIVE)
                    ? sensitivePage(id, texts.say("sensitive.why"))
                    : back(id, Notice.refusal(texts.say("work.nothing-chosen")), redirect);
        }
        return switch (working.change(id, version, change.get(), member)) {
            case Outcome.Done done ->
                back(
                        id,
                        new Notice(texts.say("work.saved", view.change(change.get())), undo(id, done.changeId())),
                        redirect);
            case Outcome.Same _ -> back(id, Notice.refusal(texts.say("work.same")), redirect);
            case Outcome.Refused(var why) -> back(id, Notice.refusal(texts.say("work.refused", why)), redirect);
            case Outcome.Missing _ -> EnquiryPage.missing();
            case Outcome.ChangedSince(var now) -> {
                var page = new ModelAndView("enquiries/work-conflict");
                page.setStatus(HttpStatus.CONFLICT);
                page.addObject("work", now);
                page.addObject("reference", enquiries.byId(id).orElseThrow().reference());
                page.addObject("yours", inWords(change.get()));
                page.addObject("theirs", working.lastChange(id).orElse(null));
                page.addObject("act", act);
                page.addObject("value", value);
                page.addObject("viewers", viewer);
                yield page;
            }
        };
    }

    private static String undo(long id, long changeId) {
        return "/enquiries/" + id + "/work/" + changeId + "/undo";
    }

    private static ModelAndView back(long id, Notice notice, RedirectAttributes redirect) {
        redirect.addFlashAttribute(Notice.ATTRIBUTE, notice);
        return new ModelAndView("redirect:/enquiries/" + id);
    }

    private String inWords(Change change) {
        return switch (change) {
            case Change.Assigned(var to) when to != null -> texts.say("work.changed.assigned-to", to.name());
            default -> view.change(change);
        };
    }

    private Optional<Change> change(String act, String value, Set<Long> viewer) {
        return switch (act) {
            case "status" -> WorkStatus.of(value).map(Change.ToStatus::new);
            case "answer" -> AnswerWay.of(value).map(Change.Answered::new);
            case "urgent" -> Optional.of(new Change.Urgent(value.equals("yes")));
            case "assign" ->
                value.equals("nobody")
                        ? Optional.of(new Change.Assigned(null))
                        : member(value).map(Change.Assigned::new);
            case SENSITIVE ->
                value.equals("no")
                        ? Optional.of(new Change.Sensitive(null, List.of()))
                        : Sensitivity.of(value).map(what -> new Change.Sensitive(what, members(viewer)));
            default -> Optional.empty();
        };
    }

    private Optional<Member> member(String id) {
        return working.members().stream()
                .filter(one -> Long.toString(one.id()).equals(id))
                .findFirst();
    }

    private List<Member> members(Set<Long> ids) {
        return working.members().stream().filter(one -> ids.contains(one.id())).toList();
    }

    @PostMapping("/work/{change:[0-9]+}/undo")
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView undo(@PathVariable long id, @PathVariable long change, RedirectAttributes redirect) {
        boolean its = working.lastChange(id).filter(last -> last.id() == change).isPresent();
        return back(
                id,
                its
                        ? BulkPage.undone(working, texts, change, staff.member())
                        : Notice.refusal(texts.say("work.not-undone")),
                redirect);
    }

    @GetMapping("/sensitive")
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView sensitive(@PathVariable long id) {
        return sensitivePage(id, null);
    }

    private ModelAndView sensitivePage(long id, @Nullable String error) {
        var work = working.of(id);
        if (work.isEmpty()) {
            return EnquiryPage.missing();
        }
        var page = new ModelAndView("enquiries/sensitive");
        page.addObject("work", work.get());
        page.addObject("reference", enquiries.byId(id).orElseThrow().reference());
        page.addObject("kinds", Sensitivity.values());
        page.addObject("members", working.members());
        page.addObject("viewers", work.get().viewers().stream().map(Member::id).toList());
        page.addObject("me", working.member(staff.member()).map(Member::id).orElse(null));
        if (error != null) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", List.of(new PageError("value", error)));
        }
        return page;
    }

    @PostMapping("/notes")
    ModelAndView note(
            @PathVariable long id, @RequestParam(defaultValue = "") String text, RedirectAttributes redirect) {
        var typed = text.strip();
        if (typed.isEmpty() || typed.length() > Notes.LENGTH_MAX) {
            redirect.addFlashAttribute("noteTyped", text);
            return back(
                    id,
                    Notice.refusal(
                            typed.isEmpty()
                                    ? texts.say("work.note.empty")
                                    : texts.say("work.note.too-long", Notes.LENGTH_MAX)),
                    redirect);
        }
        return notes.add(id, typed, staff.member())
                ? back(id, new Notice(texts.say("work.note.noted")), redirect)
                : EnquiryPage.missing();
    }

    @PostMapping("/notes/{note:[0-9]+}/withdraw")
    ModelAndView withdraw(@PathVariable long id, @PathVariable long note, RedirectAttributes redirect) {
        boolean done = notes.withdraw(id, note, staff.member());
        return back(
                id,
                done ? new Notice(texts.say("work.note.withdrawn")) : Notice.refusal(texts.say("work.note.not-own")),
                redirect);
    }

    /** An open page says each minute that it is, and learns who else has it open. It is no look: the page was one. */
    @PostMapping(path = "/open", produces = MediaType.TEXT_PLAIN_VALUE)
    @AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ResponseEntity<String> open(@PathVariable long id) {
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(view.alsoOpen(openings.open(id, staff.member())));
    }
}
