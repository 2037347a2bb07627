package org.postbag.console.reaching;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postbag.console.reaching.AllowedMachines.Changed;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.ApiProblem;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/machines}: which machines routes may reach. */
@RestController
@Profile("!command")
class MachinesApi {

    private final Hosts hosts;
    private final AllowedMachines allowed;
    private final SecretUses uses;
    private final CurrentStaff staff;

    MachinesApi(Hosts hosts, AllowedMachines allowed, SecretUses uses, CurrentStaff staff) {
        this.hosts = hosts;
        this.allowed = allowed;
        this.uses = uses;
        this.staff = staff;
    }

    record Machine(
            String name,
            boolean setting,
            boolean files,
            @Nullable String allowedBy,
            @Nullable Instant allowedAt,
            @Nullable String reason,
            List<String> routes) {

        static Machine of(MachinesPage.Line line) {
            var allowed = line.allowed();
            return new Machine(
                    line.name(),
                    line.setting(),
                    line.files(),
                    allowed == null ? null : allowed.by(),
                    allowed == null ? null : allowed.at(),
                    allowed == null ? null : allowed.reason(),
                    line.routes());
        }
    }

    record Answer(List<Machine> machines) {}

    record Reason(@Nullable String reason) {}

    @GetMapping("/api/machines")
    @AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    Answer machines() {
        return new Answer(MachinesPage.lines(hosts, allowed, uses.all()).stream()
                .map(Machine::of)
                .toList());
    }

    @PostMapping("/api/machines/{name}/{step}")
    @AllowedTo({Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    Answer change(@PathVariable String name, @PathVariable String step, @RequestBody Reason why) {
        var reason = Objects.requireNonNullElse(why.reason(), "");
        var actor = staff.member().actor();
        var changed = switch (step) {
            case "allow" -> allowed.allow(name, reason, actor);
            case "take-away" -> allowed.takeAway(name, reason, actor);
            default -> throw new ApiProblem(HttpStatus.NOT_FOUND, "Not found", "There is no such step.");
        };
        if (changed instanceof Changed.Wrong(var field, var words)) {
            throw new ApiProblem(HttpStatus.UNPROCESSABLE_CONTENT, "Nothing was changed", field + ": " + words + ".");
        }
        return machines();
    }
}
