package org.postbag.console;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.postbag.console.WantedState.Renewal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what is wanted of routes, each in a thread of its own, so that none waits for another; in turn with whatever else changes a route. */
final class RouteHands {

    private static final Logger LOG = LoggerFactory.getLogger(RouteHands.class);

    private final Map<String, RouteHand> hands = new ConcurrentHashMap<>();
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final RouteRunner runner;
    private final RouteTurns turns;
    private final WantedChanges changes;
    private final Function<String, Transition> transitions;
    private final Runnable changed;

    /**
     * @param transitions what is to be done with a route now
     * @param changed told whenever the state of a route may be another
     */
    RouteHands(
            RouteRunner runner,
            RouteTurns turns,
            WantedChanges changes,
            Function<String, Transition> transitions,
            Runnable changed) {
        this.runner = runner;
        this.turns = turns;
        this.changes = changes;
        this.transitions = transitions;
        this.changed = changed;
    }

    RouteHand of(String route) {
        return hands.computeIfAbsent(route, any -> new RouteHand());
    }

    /** Begins what is to be done, if anything is. */
    boolean carryOutBehind(String route) {
        var hand = of(route);
        if (transitions.apply(route) == Transition.NOTHING) {
            hand.settle();
            return false;
        }
        if (hand.isDue() && hand.take()) {
            Thread.ofVirtual().name("route-" + route).start(() -> carryOut(route, hand));
        }
        return true;
    }

    /** Does what is to be done, in the caller's thread. */
    void carryOut(String route) {
        if (transitions.apply(route) != Transition.NOTHING && of(route).take()) {
            carryOut(route, of(route));
        }
    }

    private void carryOut(String route, RouteHand hand) {
        try {
            turns.during(route, () -> carryOutInTurn(route, hand));
        } finally {
            hand.letGo();
            changed.run();
        }
    }

    /** Stops what runs once it has ended what it has in hand, and has it as it is wanted again: in one turn, so that nobody finds it stopped. */
    Renewal renew(String route) {
        var went = new AtomicReference<>(Renewal.DID_NOT_RUN);
        turns.during(route, () -> {
            var hand = of(route);
            if (runner.isOpen(route)) {
                boolean stopped = carryOutInTurn(route, hand, Transition.STOP, () -> true);
                went.set(stopped ? Renewal.ANEW : Renewal.GOES_ON);
                carryOutInTurn(route, hand);
                hand.doing(null);
            }
        });
        changed.run();
        return went.get();
    }

    private void carryOutInTurn(String route, RouteHand hand) {
        var next = transitions.apply(route);
        carryOutInTurn(route, hand, next, () -> transitions.apply(route) == next);
    }

    /** @param wanted whether it is to be done still */
    private boolean carryOutInTurn(String route, RouteHand hand, Transition next, BooleanSupplier wanted) {
        var doing = switch (next) {
            case NOTHING -> null;
            case START, RESUME -> RouteState.STARTING;
            case SUSPEND -> RouteState.SUSPENDING;
            case STOP -> RouteState.STOPPING;
        };
        if (doing == null) {
            return true;
        }
        hand.doing(doing);
        changed.run();
        try {
            hand.went(runner.carryOut(route, next, wanted));
            LOG.info("Route {} was {}", route, next.done());
            return true;
        } catch (RouteRunner.Failed failed) {
            LOG.warn("Route {} is not as it is wanted: {}", route, failed.getMessage());
            hand.failed(String.valueOf(failed.getMessage()));
            return false;
        }
    }

    /** @param asked the number of what somebody asked for */
    void runBehind(String route, long asked) {
        if (running.add(route)) {
            Thread.ofVirtual().name("run-" + route).start(() -> run(route, asked));
        }
    }

    private void run(String route, long asked) {
        try {
            changes.ran(route, asked, runner.run(route));
        } catch (RouteRunner.Failed failed) {
            changes.ran(route, asked, failed.getMessage());
        } catch (RuntimeException away) {
            LOG.warn("That route {} ran could not be noted; it is run again", route);
        } finally {
            running.remove(route);
            changed.run();
        }
    }

    /** Waits until nothing is being done with these, but not for long. */
    void await(Collection<String> routes, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        routes.forEach(route -> of(route).awaitFree(Duration.ofNanos(end - System.nanoTime())));
    }
}
