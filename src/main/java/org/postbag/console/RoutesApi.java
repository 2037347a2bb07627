package org.postbag.console;

import java.util.Arrays;
import java.util.Locale;
import org.postbag.console.RouteDesk.Change;
import org.postbag.console.RouteDesk.Changed;
import org.postbag.console.RouteDesk.Shown;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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

    @PostMapping(path = "/api/routes/{id}/{change}", produces = MediaType.APPLICATION_JSON_VALUE)
    @AllowedTo({Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    Shown change(@PathVariable("id") String id, @PathVariable("change") String change) {
        var known = Arrays.stream(Change.values())
                .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(change))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "A route can be started, stopped, suspended and resumed"));
        return switch (desk.change(id, known, staff.member().actor())) {
            case Changed.Done done -> done.route();
            case Changed.NoSuchRoute none ->
                throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No route of this name is loaded");
            case Changed.Refused refused -> throw new ResponseStatusException(HttpStatus.CONFLICT, refused.reason());
        };
    }
}
