package org.postbag.console.trail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.AuditTrail.Line;
import org.postbag.audit.AuditTrail.Only;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.ApiProblem;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/routes/history}: who did what with the ways in, as its page shows it. */
@RestController
@Profile("!command")
class TrailApi {

    private static final int EVENTS_AT_ONCE = 100;

    private final AuditTrail trail;

    TrailApi(AuditTrail trail) {
        this.trail = trail;
    }

    /** @param next what {@code before} is for those that came before; null at the end */
    record Events(List<Event> events, @Nullable Long next) {}

    record Event(
            long number,
            Instant at,
            String actor,
            String action,
            String what,
            String name,
            @Nullable String detail,
            @Nullable String before,
            @Nullable String after) {

        static Event of(Line line) {
            var about = About.of(line.subject().kind()).orElseThrow();
            var entry = about.shown(line.entry());
            return new Event(
                    line.number(),
                    entry.at(),
                    entry.actor(),
                    entry.action().label(),
                    about.kind(),
                    line.subject().id(),
                    entry.detail(),
                    entry.before(),
                    entry.after());
        }
    }

    /**
     * @param what a kind of thing, or nothing for all
     * @param name which one, or nothing for all
     * @param before the number of the event that they came before, or nothing for the latest
     */
    @GetMapping("/api/routes/history")
    @AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    Events events(
            @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable Long before) {
        if (!what.isEmpty() && About.of(what).isEmpty()) {
            throw new ApiProblem(HttpStatus.BAD_REQUEST, "No such kind", "What is none of the kinds of things");
        }
        var found = trail.latest(
                new Only(
                        About.kinds(what),
                        name.isBlank() ? null : name.strip(),
                        null,
                        before == null ? Long.MAX_VALUE : before),
                EVENTS_AT_ONCE + 1);
        var shown = found.stream().limit(EVENTS_AT_ONCE).map(Event::of).toList();
        return new Events(shown, found.size() > EVENTS_AT_ONCE ? shown.getLast().number() : null);
    }
}
