package org.postbag.console;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.HomeLight;
import org.postbag.receiving.Channel;
import org.postbag.staff.PageAccess;
import org.postbag.staff.StaffMember;
import org.postbag.staff.UkTime;
import org.postbag.staff.Wording;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Whether the ways in are open: who stopped which, since when and why, to those who may see routes; to everybody else, which channel is stopped since when. */
@Component
@Profile("!command")
class RoutesLight implements HomeLight {

    static final String PATH = "/routes";

    private static final int NAMED_MAX = 3;

    private final RouteDesk desk;
    private final SourceFigures sources;
    private final PageAccess access;
    private final Wording wording;

    RoutesLight(RouteDesk desk, SourceFigures sources, PageAccess access, Wording wording) {
        this.desk = desk;
        this.sources = sources;
        this.access = access;
        this.wording = wording;
    }

    @Override
    public Optional<HomeLight.Shown> shown(StaffMember member) {
        var routes = desk.all().stream()
                .filter(route -> !route.state().equals(RouteState.NOT_LOADED.code()))
                .toList();
        if (routes.isEmpty()) {
            return Optional.empty();
        }
        var failing = routes.stream()
                .filter(route -> isAtRest(route) || isGivenNothing(route))
                .toList();
        var held = routes.stream().filter(RoutesLight::isHeld).toList();
        boolean sees = access.mayOpen("/api/routes", member);
        var path = access.mayOpen(PATH, member) ? PATH : null;
        if (!failing.isEmpty() || !held.isEmpty()) {
            var states = Stream.of(failing(failing), held(held)).filter(state -> !state.isEmpty());
            var said = Stream.concat(failing.stream(), held.stream()).toList();
            return Optional.of(light(failing.isEmpty(), states.collect(Collectors.joining(", ")), said, sees, path));
        }
        var open = wording.count(routes.size(), "way in is open", "ways in are open") + ".";
        return Optional.of(new HomeLight.Shown("Ways in", true, "All open", open, path));
    }

    private HomeLight.Shown light(
            boolean planned, String state, List<RouteDesk.Shown> routes, boolean sees, @Nullable String path) {
        var said = routes.stream()
                .limit(NAMED_MAX)
                .map(route -> sees ? full(route) : plain(route))
                .distinct()
                .collect(Collectors.joining(" "));
        int more = routes.size() - NAMED_MAX;
        return new HomeLight.Shown(
                "Ways in", false, state, said + (more > 0 ? " And " + more + " more." : ""), path, planned);
    }

    private String failing(List<RouteDesk.Shown> failing) {
        if (failing.isEmpty()) {
            return "";
        }
        return failing.stream().allMatch(RoutesLight::isAtRest)
                ? wording.count(failing.size(), "doesn’t run", "don’t run")
                : wording.count(failing.size(), "fails", "fail");
    }

    private static String held(List<RouteDesk.Shown> held) {
        if (held.isEmpty()) {
            return "";
        }
        long stopped =
                held.stream().filter(route -> route.wanted().equals("stopped")).count();
        return stopped == held.size()
                ? stopped + " stopped"
                : stopped == 0 ? held.size() + " suspended" : held.size() + " stopped or suspended";
    }

    private static boolean isAtRest(RouteDesk.Shown route) {
        return route.wanted().equals(Wanted.STARTED.code())
                && route.state().equals(RouteState.STOPPED.code())
                && route.problem() != null;
    }

    /** It runs, and its source gives it nothing. */
    private boolean isGivenNothing(RouteDesk.Shown route) {
        return route.state().equals(RouteState.STARTED.code())
                && sources.problem(route.id()).isPresent();
    }

    private static boolean isHeld(RouteDesk.Shown route) {
        return !route.wanted().equals(Wanted.STARTED.code());
    }

    /** "enquiries-mailbox (Email) was stopped by Tom Ackroyd on 3 March 2026 at 4:05pm, until 6:00pm: the server moves." */
    private String full(RouteDesk.Shown route) {
        var name = route.id() + (route.channel() == null ? "" : " (" + label(route) + ")");
        if (isAtRest(route)) {
            return name + " doesn’t run: " + route.problem();
        }
        if (isGivenNothing(route)) {
            return sources.problem(route.id())
                    .map(problem -> "%s has got nothing since %s: %s."
                            .formatted(name, UkTime.dateTime(problem.since()), problem.words()))
                    .orElse("");
        }
        return name + " was " + route.wanted() + " by " + route.by() + " on " + UkTime.dateTime(route.since())
                + (route.until() == null ? "" : ", until " + UkTime.dateTime(route.until()))
                + (route.reason() == null ? "." : ": " + route.reason() + ".");
    }

    private String plain(RouteDesk.Shown route) {
        var name = route.channel() == null ? "One of the ways in" : label(route);
        if (isAtRest(route) || isGivenNothing(route)) {
            return name
                    + (isAtRest(route) ? " doesn’t run now." : " gets nothing now.")
                    + " Nothing that is sent is lost.";
        }
        return name + " has been " + route.wanted() + " since " + UkTime.dateTime(route.since()) + ".";
    }

    private static String label(RouteDesk.Shown route) {
        return Optional.ofNullable(route.channel())
                .flatMap(Channel::of)
                .map(Channel::label)
                .orElse("");
    }
}
