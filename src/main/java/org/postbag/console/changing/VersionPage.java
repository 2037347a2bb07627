package org.postbag.console.changing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.changing.Version.State;
import org.postbag.console.reaching.Samples;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
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
import org.springframework.web.servlet.ModelAndView;

/** The versions of a thing, and one of them: what it changes, what the checks found, and which steps this person may take with it. */
@Controller
@Profile("!command")
class VersionPage {

    private static final int HISTORY_SHOWN_MAX = 30;
    private static final String THING = "/routes/changes/{kind:route|profile|questions}/{name:[a-z0-9][a-z0-9-]{0,62}}";
    static final String VERSION = THING + "/{number:[0-9]{1,6}}";
    private static final String OF_ROUTE = "/routes/{name:[a-z0-9][a-z0-9-]{0,62}}/versions";

    private final Versions versions;
    private final Decisions decisions;
    private final Kinds kinds;
    private final Lists lists;
    private final RouteSamples routeSamples;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    VersionPage(
            Versions versions,
            Decisions decisions,
            Kinds kinds,
            Lists lists,
            RouteSamples routeSamples,
            AuditTrail trail,
            CurrentStaff staff) {
        this.versions = versions;
        this.decisions = decisions;
        this.kinds = kinds;
        this.lists = lists;
        this.routeSamples = routeSamples;
        this.trail = trail;
        this.staff = staff;
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
                "toReturnTo",
                Editing.mayApprove(staff.member())
                        ? all.stream()
                                .filter(Decisions::isGoodToReturnTo)
                                .map(Version::number)
                                .toList()
                        : List.of());
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
        page.addObject("lines", version.text().lines().toList());
        page.addObject("open", Steps.open().contains(version.state()));
        compare(page, version, Steps.open().contains(version.state()));
        page.addObject("history", trail.history(new Subject(kind, name), HISTORY_SHOWN_MAX));
        page.addObject("self", Versions.page(kind, name, number));
        buttons(page, version, staff.member());
        samples(page, version);
        return page;
    }

    /** @param comes whether it may take the place of what is in force, which it is held against then; else it is against what it was written from */
    void compare(ModelAndView page, Version version, boolean comes) {
        var base = comes
                ? versions.inForce(version.kind(), version.name())
                : Optional.ofNullable(version.base())
                        .flatMap(one -> versions.byNumber(version.kind(), version.name(), one));
        page.addObject("against", base.map(Version::number).orElse(null));
        page.addObject("difference", Difference.between(base.map(Version::text).orElse(""), version.text()));
    }

    private void buttons(ModelAndView page, Version version, StaffMember member) {
        boolean own = version.author().equals(member.actor());
        var asked = new ArrayList<DecidePage.Asked>();
        if (Editing.mayApprove(member)) {
            if (Steps.APPROVE.from(version.state()).isPresent() && !own) {
                asked.add(DecidePage.Asked.APPROVE);
            }
            if (Steps.REFUSE.from(version.state()).isPresent()) {
                asked.add(DecidePage.Asked.REFUSE);
            }
            if (Steps.APPROVE_URGENTLY.from(version.state()).isPresent()) {
                asked.add(DecidePage.Asked.URGENT);
            }
            if (Decisions.isGoodToReturnTo(version)) {
                asked.add(DecidePage.Asked.ROLL_BACK);
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

    /** Of one's own, for a route that is on its way. */
    private void samples(ModelAndView page, Version version) {
        if (version.kind().equals(RouteChanges.KIND)
                && Steps.open().contains(version.state())
                && Editing.mayEdit(staff.member())) {
            page.addObject("samples", routeSamples.of(version.name()));
            page.addObject("sampleAsked", routeSamples.asked(version.text()).orElse(null));
            page.addObject("sampleDays", Samples.KEPT_DAYS);
        }
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

    static ModelAndView missing() {
        var page = new ModelAndView("console/no-version");
        page.setStatus(HttpStatus.NOT_FOUND);
        return page;
    }
}
