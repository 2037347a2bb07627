package org.postbag.console;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** The routes that are loaded on this node: which of them are its to run, how each is, and what is to be done to have it as it is wanted. */
final class NodeRoutes {

    private final CamelContext camel;
    private final RouteFiles files;

    /** The pollers that are this node's to run. */
    private volatile Set<String> mine = Set.of();

    NodeRoutes(CamelContext camel, RouteFiles files) {
        this.camel = camel;
        this.files = files;
    }

    List<String> loaded() {
        return files.all().stream()
                .filter(file -> file.problem() == null)
                .flatMap(file -> file.routeIds().stream())
                .filter(route -> camel.getRoute(route) != null)
                .toList();
    }

    List<String> pollers() {
        return loaded().stream().filter(this::polls).toList();
    }

    boolean polls(String route) {
        return RouteRunner.polls(camel.getRoute(route));
    }

    /** Always of a door, of a poller where this node holds it. */
    boolean isTurn(String route) {
        return !polls(route) || mine.contains(route);
    }

    /**
     * What this node holds is its to run; and what it held, while it hears of no other that could.
     *
     * @param alone whether it hears of no other node
     */
    void hold(Predicate<String> held, boolean alone) {
        var before = mine;
        mine = pollers().stream()
                .filter(route -> held.test(route) || alone && before.contains(route))
                .collect(Collectors.toUnmodifiableSet());
    }

    void letGo() {
        mine = Set.of();
    }

    /** As Camel has it; null where it has no such route. */
    Transition.@Nullable Real real(String route) {
        return RouteRunner.real(camel, route);
    }

    RouteState state(String route, Transition.Real real, Wanted wanted) {
        return switch (real) {
            case STARTED -> RouteState.STARTED;
            case SUSPENDED -> RouteState.SUSPENDED;
            case STOPPED ->
                switch (wanted) {
                    case STOPPED -> RouteState.STOPPED;
                    case SUSPENDED -> RouteState.SUSPENDED;
                    case STARTED -> isTurn(route) ? RouteState.STOPPED : RouteState.STANDBY;
                };
        };
    }

    Transition transition(String route, Wanted wanted) {
        var real = real(route);
        return real == null || !camel.isStarted() ? Transition.NOTHING : Transition.of(wanted, real, isTurn(route));
    }
}
