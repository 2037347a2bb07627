package org.postbag.console.changing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postbag.console.SeesChanges;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.ApiProblem;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Reason;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/changes}: what the pages do with versions, for scripts. */
@RestController
@Profile("!command")
class VersionsApi {

    private static final String THING = "/api/changes/{kind}/{name}";
    private static final String VERSION = THING + "/{number}";

    private final Versions versions;
    private final Decisions decisions;
    private final Kinds kinds;
    private final Lists lists;
    private final CurrentStaff staff;

    VersionsApi(Versions versions, Decisions decisions, Kinds kinds, Lists lists, CurrentStaff staff) {
        this.versions = versions;
        this.decisions = decisions;
        this.kinds = kinds;
        this.lists = lists;
        this.staff = staff;
    }

    /** A version without its text. */
    record Listed(
            String kind,
            String name,
            int number,
            String state,
            String origin,
            String author,
            Instant writtenAt,
            String reason,
            @Nullable Integer base,
            @Nullable String approver,
            @Nullable Instant decidedAt,
            @Nullable String decisionReason,
            boolean urgent,
            @Nullable LocalDate confirmBy,
            @Nullable String confirmedBy) {

        static Listed of(Version one) {
            return new Listed(
                    one.kind(),
                    one.name(),
                    one.number(),
                    one.state().word(),
                    one.origin().name().toLowerCase(Locale.ROOT),
                    one.author(),
                    one.writtenAt(),
                    one.reason(),
                    one.base(),
                    one.approver(),
                    one.decidedAt(),
                    one.decisionReason(),
                    one.urgent(),
                    one.confirmBy(),
                    one.confirmedBy());
        }
    }

    record Found(
            String stage,
            String message,
            @Nullable Integer line,
            @Nullable Integer column,
            boolean stops) {}

    record Whole(Listed version, String text, List<Found> findings) {}

    record Open(List<Listed> onTheirWay, List<Listed> toConfirm) {}

    record AllOf(List<Listed> versions) {}

    record Draft(
            @Nullable String text,
            @Nullable Integer base,
            @Nullable String reason) {}

    record Step(@Nullable String reason) {}

    @GetMapping("/api/changes")
    @SeesChanges
    Open open() {
        return new Open(
                lists.onTheirWay().stream().map(Listed::of).toList(),
                lists.toConfirm().stream().map(Listed::of).toList());
    }

    @GetMapping(THING)
    @AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    AllOf all(@PathVariable String kind, @PathVariable String name) {
        var all = versions.all(kind, name);
        if (all.isEmpty()) {
            throw missing();
        }
        return new AllOf(all.stream().map(Listed::of).toList());
    }

    /** Saves a draft and checks it. */
    @PostMapping(path = THING, produces = MediaType.APPLICATION_JSON_VALUE)
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    Whole draft(@PathVariable String kind, @PathVariable String name, @RequestBody Draft draft) {
        if (kinds.of(kind).isEmpty() || !Versions.NAME.matcher(name).matches()) {
            throw missing();
        }
        var text = draft.text();
        var reason = required(draft.reason());
        if (text == null || text.isBlank() || text.length() > YamlText.LENGTH_MAX) {
            throw unfit("text is from 1 to " + YamlText.LENGTH_MAX + " characters");
        }
        int base = draft.base() == null ? 0 : draft.base();
        return switch (versions.draft(kind, name, text, base, actor(), reason, Version.Origin.YAML)) {
            case Drafted.Saved(var version) -> {
                decisions.check(kind, name, version.number(), actor());
                yield whole(kind, name, version.number());
            }
            case Drafted.Unchanged(var version) -> whole(kind, name, version.number());
            case Drafted.Overtaken(var latest) ->
                throw new ApiProblem(
                        HttpStatus.CONFLICT,
                        "Somebody else saved this first",
                        "The latest version is " + latest.number()
                                + ". Read it, put both together, and send that as base.");
        };
    }

    @GetMapping(VERSION)
    @AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    Whole version(@PathVariable String kind, @PathVariable String name, @PathVariable int number) {
        return whole(kind, name, number);
    }

    /** As it was written. */
    @GetMapping(path = VERSION + "/text", produces = "application/yaml")
    @AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ResponseEntity<byte[]> text(@PathVariable String kind, @PathVariable String name, @PathVariable int number) {
        var version = versions.byNumber(kind, name, number).orElseThrow(VersionsApi::missing);
        return ResponseEntity.ok()
                .contentType(new MediaType("application", "yaml", StandardCharsets.UTF_8))
                .body(version.text().getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping(path = VERSION + "/{step}", produces = MediaType.APPLICATION_JSON_VALUE)
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    Whole step(
            @PathVariable String kind,
            @PathVariable String name,
            @PathVariable int number,
            @PathVariable String step,
            @RequestBody(required = false) @Nullable Step why) {
        var decided = switch (step) {
            case "check" -> decisions.check(kind, name, number, actor());
            case "ask" -> decisions.ask(kind, name, number, actor());
            case "withdraw" -> decisions.withdraw(kind, name, number, actor());
            case "confirm" -> decisions.confirm(kind, name, number, approver().actor());
            case "approve" -> decisions.approve(kind, name, number, by(why));
            case "urgent" -> decisions.approveUrgently(kind, name, number, by(why));
            case "refuse" -> decisions.refuse(kind, name, number, by(why));
            case "roll-back" -> decisions.rollBack(kind, name, number, by(why));
            case "retire" -> decisions.retire(kind, name, by(why));
            default -> throw missing();
        };
        return switch (decided) {
            case Decided.Done(var version) -> whole(kind, name, version.number());
            case Decided.Refused(var reason) ->
                throw new ApiProblem(HttpStatus.CONFLICT, "Nothing was changed", reason);
            case Decided.NoSuchVersion() -> throw missing();
        };
    }

    private Decisions.By by(@Nullable Step why) {
        var approver = approver();
        return new Decisions.By(approver.actor(), required(why == null ? null : why.reason()));
    }

    private StaffMember approver() {
        var member = staff.member();
        if (!Editing.mayApprove(member)) {
            throw new AccessDeniedException("Approving is for route approvers");
        }
        return member;
    }

    private static String required(@Nullable String typed) {
        var reason = Editing.reason(typed);
        if (reason.wrong() != null) {
            throw unfit("reason is from 1 to " + Reason.LENGTH_MAX + " characters");
        }
        return reason.text();
    }

    private Whole whole(String kind, String name, int number) {
        var version = versions.byNumber(kind, name, number).orElseThrow(VersionsApi::missing);
        return new Whole(
                Listed.of(version),
                version.text(),
                decisions.findings(version).stream()
                        .map(one -> new Found(
                                one.stage().name().toLowerCase(Locale.ROOT),
                                one.message(),
                                one.line(),
                                one.column(),
                                one.stops()))
                        .toList());
    }

    private String actor() {
        return staff.member().actor();
    }

    private static ApiProblem missing() {
        return new ApiProblem(HttpStatus.NOT_FOUND, "Not found", "There is no such version, or no such step.");
    }

    private static ApiProblem unfit(String words) {
        return new ApiProblem(HttpStatus.UNPROCESSABLE_CONTENT, "Something is missing", words + ".");
    }
}
