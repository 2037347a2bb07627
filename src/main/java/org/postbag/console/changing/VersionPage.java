package org.postbag.console.changing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.changing.Version.State;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.context.annotation.Profile;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The versions of a thing, and one of them: what it changes, what the checks found, and the steps that this person may take with it. */
@Controller
@Profile("!command")
class VersionPage {

    private static final int HISTORY_SHOWN_MAX = 30;
    private static final String THING = "/routes/changes/{kind:route|profile|questions}/{name:[a-z0-9][a-z0-9-]{0,62}}";
    private static final String VERSION = THING + "/{number:[0-9]{1,6}}";
    private static final String OF_ROUTE = "/routes/{name:[a-z0-9][a-z0-9-]{0,62}}/versions";

    private final Versions versions;
    private final Decisions decisions;
    private final Kinds kinds;
    private final Lists lists;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    VersionPage(
            Versions versions, Decisions decisions, Kinds kinds, Lists lists, AuditTrail trail, CurrentStaff staff) {
        this.versions = versions;
        this.decisions = decisions;
        this.kinds = kinds;
        this.lists = lists;
        this.trail = trail;
        this.staff = staff;
    }

    /** A step that is confirmed on a page of its own, with a reason. */
    enum Asked {
        APPROVE(
                "Approve and put in force",
                "It is checked once more and then takes the place of what runs. If it does not start, what runs now stays."),
        URGENT(
                "Put in force without a second person",
                "It is checked once more and then takes the place of what runs. A second person must confirm it within two working days; else it is listed to the data protection officer."),
        REFUSE("Refuse", "What runs now stays. The version is kept, and its author can write another."),
        ROLL_BACK(
                "Roll back to this version",
                "Its text takes the place of what runs, as a new version. It was approved before, so nobody else needs to approve it."),
        RETIRE(
                "Retire",
                "It is stopped for good. Its versions are kept. What its source holds stays there and is no longer taken in.");

        private final String title;
        private final String words;

        Asked(String title, String words) {
            this.title = title;
            this.words = words;
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

    @GetMapping(OF_ROUTE)
    @AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView ofRoute(@PathVariable String name) {
        return list(RouteChanges.KIND, name);
    }

    @GetMapping(THING)
    @AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView list(@PathVariable String kind, @PathVariable String name) {
        var owner = kinds.of(kind);
        var all = versions.all(kind, name);
        if (owner.isEmpty() || (all.isEmpty() && owner.get().fileText(name).isEmpty())) {
            return missing();
        }
        var page = new ModelAndView("console/versions");
        page.addObject("kind", kind);
        page.addObject("name", name);
        page.addObject("label", owner.get().label());
        page.addObject("versions", all);
        page.addObject("lists", lists);
        page.addObject("editPath", owner.get().editPath(name));
        page.addObject("mayEdit", Editing.mayEdit(staff.member()));
        page.addObject(
                "mayRetire",
                Editing.mayApprove(staff.member())
                        && kind.equals(RouteChanges.KIND)
                        && owner.get().fileText(name).isEmpty()
                        && all.stream().anyMatch(one -> one.state() == State.IN_FORCE));
        return page;
    }

    @GetMapping(VERSION)
    @AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView version(@PathVariable String kind, @PathVariable String name, @PathVariable int number) {
        var owner = kinds.of(kind);
        var found = versions.byNumber(kind, name, number);
        if (owner.isEmpty() || found.isEmpty()) {
            return missing();
        }
        var version = found.get();
        var page = new ModelAndView("console/version");
        page.addObject("version", version);
        page.addObject("label", owner.get().label());
        page.addObject("lists", lists);
        page.addObject("editPath", owner.get().editPath(name));
        page.addObject("findings", decisions.findings(version));
        page.addObject("open", Steps.open().contains(version.state()));
        compare(page, version);
        page.addObject("history", trail.history(new Subject(kind, name), HISTORY_SHOWN_MAX));
        page.addObject("self", Versions.page(kind, name, number));
        buttons(page, version, staff.member());
        return page;
    }

    /** What is on its way is held against what is in force; what was, against what it was written from. */
    private void compare(ModelAndView page, Version version) {
        var inForce = versions.inForce(version.kind(), version.name());
        var base = Steps.open().contains(version.state())
                ? inForce
                : Optional.ofNullable(version.base())
                        .flatMap(one -> versions.byNumber(version.kind(), version.name(), one));
        page.addObject("against", base.map(Version::number).orElse(null));
        page.addObject("difference", Difference.between(base.map(Version::text).orElse(""), version.text()));
    }

    private void buttons(ModelAndView page, Version version, StaffMember member) {
        boolean own = version.author().equals(member.actor());
        var asked = new ArrayList<Asked>();
        if (Editing.mayApprove(member)) {
            if (Steps.APPROVE.from(version.state()).isPresent() && !own) {
                asked.add(Asked.APPROVE);
            }
            if (Steps.REFUSE.from(version.state()).isPresent()) {
                asked.add(Asked.REFUSE);
            }
            if (Steps.APPROVE_URGENTLY.from(version.state()).isPresent()) {
                asked.add(Asked.URGENT);
            }
            if (Decisions.isGoodToReturnTo(version)) {
                asked.add(Asked.ROLL_BACK);
            }
        }
        boolean mayEdit = Editing.mayEdit(member);
        page.addObject("asked", asked);
        page.addObject("own", own);
        page.addObject("mayEdit", mayEdit);
        page.addObject("mayCheck", mayEdit && Steps.open().contains(version.state()));
        page.addObject("mayAsk", mayEdit && Steps.ASK.from(version.state()).isPresent());
        page.addObject(
                "mayWithdraw", mayEdit && Steps.WITHDRAW.from(version.state()).isPresent());
        page.addObject(
                "mayConfirm",
                Editing.mayApprove(member)
                        && version.urgent()
                        && version.confirmedBy() == null
                        && !own
                        && !member.actor().equals(version.approver()));
    }

    /** As it was written: plain Camel runs it. */
    @GetMapping(VERSION + "/text")
    @AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ResponseEntity<byte[]> text(@PathVariable String kind, @PathVariable String name, @PathVariable int number) {
        return versions.byNumber(kind, name, number)
                .map(version -> ResponseEntity.ok()
                        .contentType(new MediaType("application", "yaml", StandardCharsets.UTF_8))
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename(name + (kind.equals(RouteChanges.KIND) ? ".camel.yaml" : ".yaml"))
                                        .build()
                                        .toString())
                        .body(version.text().getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    @PostMapping(VERSION + "/check")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView check(
            @PathVariable String kind,
            @PathVariable String name,
            @PathVariable int number,
            RedirectAttributes redirect) {
        return after(decisions.check(kind, name, number, actor()), "Checked.", kind, name, number, redirect);
    }

    @PostMapping(VERSION + "/ask")
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

    @PostMapping(VERSION + "/withdraw")
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

    @PostMapping(VERSION + "/confirm")
    @AllowedTo(Role.ROUTE_APPROVER)
    ModelAndView confirm(
            @PathVariable String kind,
            @PathVariable String name,
            @PathVariable int number,
            RedirectAttributes redirect) {
        return after(decisions.confirm(kind, name, number, actor()), "Confirmed.", kind, name, number, redirect);
    }

    @GetMapping(VERSION + "/{step:approve|urgent|refuse|roll-back|retire}")
    @AllowedTo(Role.ROUTE_APPROVER)
    ModelAndView ask(
            @PathVariable String kind, @PathVariable String name, @PathVariable int number, @PathVariable String step) {
        return askPage(kind, name, number, step, "");
    }

    private ModelAndView askPage(String kind, String name, int number, String step, String typed) {
        var version = versions.byNumber(kind, name, number);
        var asked = Asked.of(step);
        if (version.isEmpty() || asked.isEmpty()) {
            return missing();
        }
        var page = new ModelAndView("console/decide");
        page.addObject("version", version.get());
        page.addObject("asked", asked.get());
        page.addObject("step", step);
        page.addObject("label", lists.label(kind));
        page.addObject("lists", lists);
        page.addObject("typed", typed);
        page.addObject("self", Versions.page(kind, name, number));
        compare(page, version.get());
        return page;
    }

    @PostMapping(VERSION + "/{step:approve|urgent|refuse|roll-back|retire}")
    @AllowedTo(Role.ROUTE_APPROVER)
    ModelAndView take(
            @PathVariable String kind,
            @PathVariable String name,
            @PathVariable int number,
            @PathVariable String step,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        var wrong = Editing.wrongReason(reason.strip());
        if (wrong != null) {
            var page = askPage(kind, name, number, step, reason);
            page.setStatus(page.getStatus() == null ? HttpStatus.UNPROCESSABLE_CONTENT : page.getStatus());
            page.addObject("errors", List.of(wrong));
            return page;
        }
        var by = new Decisions.By(actor(), reason.strip());
        return switch (Asked.of(step).orElseThrow()) {
            case APPROVE ->
                after(
                        decisions.approve(kind, name, number, by),
                        "Approved: it is in force.",
                        kind,
                        name,
                        number,
                        redirect);
            case URGENT ->
                after(
                        decisions.approveUrgently(kind, name, number, by),
                        "It is in force. A second person must confirm it within two working days.",
                        kind,
                        name,
                        number,
                        redirect);
            case REFUSE ->
                after(
                        decisions.refuse(kind, name, number, by),
                        "Refused. What runs was not changed.",
                        kind,
                        name,
                        number,
                        redirect);
            case ROLL_BACK ->
                after(
                        decisions.rollBack(kind, name, number, by),
                        "Rolled back: its text is in force again.",
                        kind,
                        name,
                        number,
                        redirect);
            case RETIRE -> after(decisions.retire(kind, name, by), "Retired.", kind, name, number, redirect);
        };
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
            case Decided.NoSuchVersion() -> missing();
        };
    }

    private String actor() {
        return staff.member().actor();
    }

    static ModelAndView missing() {
        var page = new ModelAndView("console/no-version");
        page.setStatus(HttpStatus.NOT_FOUND);
        return page;
    }
}
