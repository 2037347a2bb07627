package org.postbag.console.changing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The steps that people take with a version: those that matter on a page of their own, with a reason. */
@Controller
@Profile("!command")
class DecidePage {

    private final Versions versions;
    private final Decisions decisions;
    private final VersionPage versionPage;
    private final Lists lists;
    private final CurrentStaff staff;

    DecidePage(Versions versions, Decisions decisions, VersionPage versionPage, Lists lists, CurrentStaff staff) {
        this.versions = versions;
        this.decisions = decisions;
        this.versionPage = versionPage;
        this.lists = lists;
        this.staff = staff;
    }

    /** A step that is confirmed on a page of its own, with a reason. */
    enum Asked {
        APPROVE(
                "Approve and put in force",
                "It is checked once more and then takes the place of what runs. If it does not start, what runs now stays.",
                "Approved: it is in force."),
        URGENT(
                "Put in force without a second person",
                "It is checked once more and then takes the place of what runs. A second person must confirm it within two working days; else it is listed to the data protection officer.",
                "It is in force. A second person must confirm it within two working days."),
        REFUSE(
                "Refuse",
                "What runs now stays. The version is kept, and its author can write another.",
                "Refused. What runs was not changed."),
        ROLL_BACK(
                "Roll back to this version",
                "Its text takes the place of what runs, as a new version. It was approved before, so nobody else needs to approve it.",
                "Rolled back: its text is in force again."),
        RETIRE(
                "Retire",
                "It is stopped for good. Its versions are kept. What its source holds stays there and is no longer taken in.",
                "Retired.");

        private final String title;
        private final String words;
        /** What is said once it was done. */
        private final String done;

        Asked(String title, String words, String done) {
            this.title = title;
            this.words = words;
            this.done = done;
        }

        public String title() {
            return title;
        }

        public String words() {
            return words;
        }

        String path() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Asked> of(String path) {
            return Arrays.stream(values())
                    .filter(one -> one.path().equals(path))
                    .findFirst();
        }
    }

    @PostMapping(VersionPage.VERSION + "/check")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView check(
            @PathVariable String kind,
            @PathVariable String name,
            @PathVariable int number,
            RedirectAttributes redirect) {
        return after(decisions.check(kind, name, number, actor()), "Checked.", kind, name, number, redirect);
    }

    @PostMapping(VersionPage.VERSION + "/ask")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView ask(
            @PathVariable String kind,
            @PathVariable String name,
            @PathVariable int number,
            RedirectAttributes redirect) {
        return after(
                decisions.ask(kind, name, number, actor()),
                "Approval is asked for. Somebody else approves it.",
                kind,
                name,
                number,
                redirect);
    }

    @PostMapping(VersionPage.VERSION + "/withdraw")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView withdraw(
            @PathVariable String kind,
            @PathVariable String name,
            @PathVariable int number,
            RedirectAttributes redirect) {
        return after(
                decisions.withdraw(kind, name, number, actor()),
                "Withdrawn. What runs was not changed.",
                kind,
                name,
                number,
                redirect);
    }

    @PostMapping(VersionPage.VERSION + "/confirm")
    @AllowedTo(Role.ROUTE_APPROVER)
    ModelAndView confirm(
            @PathVariable String kind,
            @PathVariable String name,
            @PathVariable int number,
            RedirectAttributes redirect) {
        return after(decisions.confirm(kind, name, number, actor()), "Confirmed.", kind, name, number, redirect);
    }

    @GetMapping(VersionPage.VERSION + "/{step:approve|urgent|refuse|roll-back|retire}")
    @AllowedTo(Role.ROUTE_APPROVER)
    ModelAndView ask(
            @PathVariable String kind, @PathVariable String name, @PathVariable int number, @PathVariable String step) {
        return askPage(kind, name, number, step, "");
    }

    private ModelAndView askPage(String kind, String name, int number, String step, String typed) {
        var version = versions.byNumber(kind, name, number);
        var asked = Asked.of(step);
        if (version.isEmpty() || asked.isEmpty()) {
            return VersionPage.missing();
        }
        var page = new ModelAndView("console/decide");
        page.addObject("version", version.get());
        page.addObject("asked", asked.get());
        page.addObject("step", step);
        page.addObject("label", lists.label(kind));
        page.addObject("lists", lists);
        page.addObject("typed", typed);
        page.addObject("self", Versions.page(kind, name, number));
        versionPage.compare(page, version.get(), asked.get() == Asked.ROLL_BACK);
        return page;
    }

    @PostMapping(VersionPage.VERSION + "/{step:approve|urgent|refuse|roll-back|retire}")
    @AllowedTo(Role.ROUTE_APPROVER)
    ModelAndView take(
            @PathVariable String kind,
            @PathVariable String name,
            @PathVariable int number,
            @PathVariable String step,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        var why = Editing.reason(reason);
        if (why.wrong() != null) {
            var page = askPage(kind, name, number, step, reason);
            page.setStatus(page.getStatus() == null ? HttpStatus.UNPROCESSABLE_CONTENT : page.getStatus());
            page.addObject("errors", List.of(why.wrong()));
            return page;
        }
        var by = new Decisions.By(actor(), why.text());
        var asked = Asked.of(step).orElseThrow();
        var decided = switch (asked) {
            case APPROVE -> decisions.approve(kind, name, number, by);
            case URGENT -> decisions.approveUrgently(kind, name, number, by);
            case REFUSE -> decisions.refuse(kind, name, number, by);
            case ROLL_BACK -> decisions.rollBack(kind, name, number, by);
            case RETIRE -> decisions.retire(kind, name, by);
        };
        return after(decided, asked.done, kind, name, number, redirect);
    }

    private ModelAndView after(
            Decided decided, String words, String kind, String name, int number, RedirectAttributes redirect) {
        return switch (decided) {
            case Decided.Done(var version) -> {
                redirect.addFlashAttribute(Notice.ATTRIBUTE, new Notice(words));
                yield new ModelAndView("redirect:" + Versions.page(kind, name, version.number()));
            }
            case Decided.Refused(var reason) -> {
                redirect.addFlashAttribute(Notice.ATTRIBUTE, Notice.refusal(reason));
                yield new ModelAndView("redirect:" + Versions.page(kind, name, number));
            }
            case Decided.NoSuchVersion() -> VersionPage.missing();
        };
    }

    private String actor() {
        return staff.member().actor();
    }
}
