package org.postbag.console;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.console.RouteDesk.Outcome;
import org.postbag.console.RouteDesk.Shown;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Reason;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/routes}: starts and stops the ways in. How they are is told by {@link org.postbag.console.seeing}. */
@RestController
@Profile("!command")
class RoutesApi {

    private final RouteDesk desk;
    private final CurrentStaff staff;

    RoutesApi(RouteDesk desk, CurrentStaff staff) {
        this.desk = desk;
        this.staff = staff;
    }

    /** @param until when it is to start again by itself */
    record Asked(@Nullable String reason, @Nullable Instant until) {}

    /** Answers soon: what takes longer, such as ending what is in hand, goes on behind. */
    @PostMapping(path = "/api/routes/{id}/{change}", produces = MediaType.APPLICATION_JSON_VALUE)
    @AllowedTo({Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    Shown change(
            @PathVariable("id") String id,
            @PathVariable("change") String change,
            @RequestBody(required = false) @Nullable Asked asked) {
        var act = Act.of(change)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "A route can be started, stopped, suspended, resumed and run"));
        var reason = Reason.optional(asked == null ? null : asked.reason());
        if (reason.wrong() != null) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, reason.wrong().text());
        }
        var until = asked == null ? null : asked.until();
        return switch (desk.change(List.of(id), act, reason.orNull(), until, staff.member())) {
            case Outcome.Done done -> desk.one(id).orElseThrow(RoutesApi::none);
            case Outcome.NoSuchRoute none -> throw none();
            case Outcome.Refused refused -> throw new ResponseStatusException(HttpStatus.CONFLICT, refused.reason());
        };
    }

    private static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "No route of this name is loaded");
    }
}
