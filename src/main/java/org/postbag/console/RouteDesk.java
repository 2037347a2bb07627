package org.postbag.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.receiving.PolledSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows the routes as they run, and starts and stops them. Each change is recorded with who made it. */
@Component
@Profile("!command")
public class RouteDesk {

    /** How long a route may take to finish what it has in hand; then it is left as it was. */
    private static final long STOP_SECONDS_MAX = 20;

    private static final Logger LOG = LoggerFactory.getLogger(RouteDesk.class);

    private final CamelContext camel;
    private final RouteFiles files;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    RouteDesk(CamelContext camel, RouteFiles files, AuditTrail audit, TransactionTemplate transaction) {
        this.camel = camel;
        this.files = files;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** What may be done with a route. */
    enum Change {
        START("started"),
        STOP("stopped"),
        SUSPEND("suspended"),
        RESUME("resumed");

        private final String done;

        Change(String done) {
            this.done = done;
        }
    }

    /**
     * A route as it is wanted and as it is.
     *
     * @param channel the code of its channel, or null where its connector is unknown
     * @param state how it is, on the node that polls where one node does: {@code started}, {@code suspended}, {@code stopped}, {@code starting},
     *     {@code suspending}, {@code stopping}, {@code standby} (a poller that no node has taken yet), or {@code not-loaded}
     * @param problem why its file was not loaded, with the line where that is known; why it isn't as it is wanted; of a started route, why it gets nothing
     *     from its source; or null
     * @param taken how often it has run well since it was started
     * @param failed how often it has failed since
     * @param inHand how many items it is busy with, on all nodes
     * @param wanted {@code started}, {@code suspended} or {@code stopped}
     * @param by the name of who wanted it so; null where nobody ever changed it
     * @param since when that was; null likewise
     * @param until when it is to start again by itself; null where it isn't
     * @param polls whether it asks a source, which one node at a time does; else it is a door, open on every node
     * @param node the node that polls; null where none does, and of a door
     * @param nodes how it is on every node that was heard of within the last seconds
     * @param ranAt when it last ran because somebody asked for it
     */
    public record Shown(
            String id,
            String file,
            @Nullable String channel,
            String state,
            @Nullable String problem,
            long taken,
            long failed,
            long inHand,
            String wanted,
            @Nullable String by,
            @Nullable String reason,
            @Nullable Instant since,
            @Nullable Instant until,
            boolean polls,
            @Nullable String node,
            List<OnNode> nodes,
            @Nullable Instant ranAt) {

        public Shown {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * A route on one node.
     *
     * @param here whether it is the node that answers
     */
    public record OnNode(
            String node, String state, @Nullable String problem, long inHand, boolean here, Instant seenAt) {}

    /** What became of a change. */
    sealed interface Changed {
        record Done(Shown route) implements Changed {}

        record NoSuchRoute() implements Changed {}

        /** The route stays as it was. */
        record Refused(String reason) implements Changed {}
    }

    public List<Shown> all() {
        var shown = new ArrayList<Shown>();
        for (RouteFile file : files.all()) {
            if (file.routeIds().isEmpty() && file.problem() != null) {
                shown.add(notLoaded(file.name(), file));
            }
            for (String id : file.routeIds()) {
                shown.add(show(id, file));
            }
        }
        return shown;
    }

    Changed change(String id, Change change, String actor) {
        if (camel.getRoute(id) == null) {
            return new Changed.NoSuchRoute();
        }
        try {
            // Recorded first, so that nothing is changed that can't be: where the change fails, so does the record.
            transaction.executeWithoutResult(status -> {
                audit.record(new AuditEvent(actor, Action.ROUTE_CHANGED, new Subject("route", id), change.done));
                carryOut(id, change);
            });
        } catch (RouteStays stays) {
            return new Changed.Refused(stays.reason);
        }
        LOG.info("Route {} was {}", id, change.done);
        return all().stream()
                .filter(route -> route.id().equals(id))
                .findFirst()
                .<Changed>map(Changed.Done::new)
                .orElseGet(Changed.NoSuchRoute::new);
    }

    private void carryOut(String id, Change change) {
        var routes = camel.getRouteController();
        try {
            boolean done = switch (change) {
                case START -> {
                    routes.startRoute(id);
                    yield true;
                }
                case RESUME -> {
                    routes.resumeRoute(id);
                    yield true;
                }
                case STOP -> routes.stopRoute(id, STOP_SECONDS_MAX, TimeUnit.SECONDS, true);
                case SUSPEND -> {
                    routes.suspendRoute(id, STOP_SECONDS_MAX, TimeUnit.SECONDS);
                    yield true;
                }
            };
            if (!done) {
                throw new RouteStays("It is still busy with what it has in hand. Try again in a moment.", null);
            }
        } catch (RouteStays stays) {
            throw stays;
        } catch (Exception wrong) { // Camel's controller throws whatever the route's endpoint throws.
            throw new RouteStays(RouteFiles.reason(wrong), wrong);
        }
    }

    private Shown show(String id, RouteFile file) {
        var status = file.problem() == null ? camel.getRouteController().getRouteStatus(id) : null;
        if (status == null) {
            return notLoaded(id, file);
        }
        var state = status.isStarted() ? "started" : status.isSuspended() ? "suspended" : "stopped";
        var figures = figures(id);
        return new Shown(
                id,
                file.name(),
                null,
                state,
                status.isStarted() ? problem(id) : null,
                figures.map(ManagedRouteMBean::getExchangesCompleted).orElse(0L),
                figures.map(ManagedRouteMBean::getExchangesFailed).orElse(0L),
                figures.map(ManagedRouteMBean::getExchangesInflight).orElse(0L),
                state,
                null,
                null,
                null,
                null,
                false,
                null,
                List.of(),
                null);
    }

    private static Shown notLoaded(String id, RouteFile file) {
        return new Shown(
                id,
                file.name(),
                null,
                "not-loaded",
                file.problem(),
                0,
                0,
                0,
                "started",
                null,
                null,
                null,
                null,
                false,
                null,
                List.of(),
                null);
    }

    private @Nullable String problem(String id) {
        var route = camel.getRoute(id);
        return route != null && route.getConsumer() instanceof PolledSource polled ? polled.problem() : null;
    }

    private Optional<ManagedRouteMBean> figures(String id) {
        return Optional.ofNullable(camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class))
                .flatMap(managed -> Optional.ofNullable(managed.getManagedRoute(id)));
    }

    private static final class RouteStays extends RuntimeException {
        private final String reason;

        RouteStays(String reason, @Nullable Throwable cause) {
            super(cause);
            this.reason = reason;
        }
    }
}
