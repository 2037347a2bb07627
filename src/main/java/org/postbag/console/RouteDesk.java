package org.postbag.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.jspecify.annotations.Nullable;
import org.postbag.console.NodeTable.Told;
import org.postbag.receiving.Channel;
import org.postbag.receiving.PolledSource;
import org.postbag.staff.StaffMember;
import org.postbag.staff.UkTime;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Shows the routes as they are wanted and as they run, on all nodes, and changes what is wanted of them. */
@Component
@Profile("!command")
public class RouteDesk {

    /** How long whoever changes something waits to see it done; it goes on behind. */
    private static final Duration SEEN_MAX = Duration.ofMillis(500);

    private final CamelContext camel;
    private final RouteFiles files;
    private final RouteWatch watch;
    private final WantedChanges changes;

    RouteDesk(CamelContext camel, RouteFiles files, RouteWatch watch, WantedChanges changes) {
        this.camel = camel;
        this.files = files;
        this.watch = watch;
        this.changes = changes;
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

        /** As pages say it, such as {@code Running}. */
        public String stateLabel() {
            return RouteState.label(state);
        }

        public String wantedLabel() {
            return RouteState.label(wanted);
        }
    }

    /**
     * A route on one node.
     *
     * @param here whether it is the node that answers
     */
    public record OnNode(
            String node, String state, @Nullable String problem, long inHand, boolean here, Instant seenAt) {

        public String stateLabel() {
            return RouteState.label(state);
        }
    }

    /** What became of a change. */
    sealed interface Outcome {

        /**
         * It is wanted so now.
         *
         * @param number by which it can be undone; 0 where nothing is to be undone
         * @param changed the routes that something else was wanted of
         */
        record Done(long number, List<String> changed) implements Outcome {}

        record NoSuchRoute(String id) implements Outcome {}

        /** Nothing was changed. */
        record Refused(String reason) implements Outcome {}
    }

    /** Doesn't ask the database: what this node knew at its last look, less than half a second ago, and its own routes as they are now. */
    public List<Shown> all() {
        var shown = new ArrayList<Shown>();
        for (RouteFile file : files.all()) {
            if (file.routeIds().isEmpty() && file.problem() != null) {
                shown.add(show(file.name(), file));
            }
            for (String id : file.routeIds()) {
                shown.add(show(id, file));
            }
        }
        return shown;
    }

    public Optional<Shown> one(String id) {
        return all().stream().filter(route -> route.id().equals(id)).findFirst();
    }

    /** Since when what is wanted, and how the other nodes are, can't be read; empty while the database answers. */
    public Optional<Instant> unknownSince() {
        return Optional.ofNullable(watch.seen().awaySince());
    }

    /** @param until when they start again by themselves; null: when somebody starts them */
    Outcome change(Collection<String> ids, Act act, @Nullable String reason, @Nullable Instant until, StaffMember by) {
        for (String id : ids) {
            if (camel.getRoute(id) == null) {
                return new Outcome.NoSuchRoute(id);
            }
        }
        var wanted = act.wanted();
        if (wanted == null) {
            return run(ids, reason, by);
        }
        if (until != null && !act.holdsBack()) {
            return new Outcome.Refused("Only what is stopped or suspended starts again at a time.");
        }
        if (until != null && !changes.isUntil(until)) {
            return new Outcome.Refused("Enter a time in the future, within a year.");
        }
        var changed = changes.change(ids, wanted, reason, until, by.actor());
        carryOut(ids);
        return new Outcome.Done(changed.number(), changed.changed());
    }

    private Outcome run(Collection<String> ids, @Nullable String reason, StaffMember by) {
        for (String id : ids) {
            if (!watch.polls(id)) {
                return new Outcome.Refused(id + " takes what comes when it comes: there is no source to look at.");
            }
            if (watch.seen().wanted(id) != Wanted.STARTED) {
                return new Outcome.Refused(id + " is " + watch.seen().wanted(id).code() + ". Start it first.");
            }
        }
        changes.askToRun(ids, reason, by.actor());
        watch.lookNow();
        return new Outcome.Done(0, List.copyOf(ids));
    }

    /** @return which routes are as they were; those that somebody changed since are left alone */
    List<String> undo(long change, StaffMember by) {
        var undone = changes.undo(change, by.actor()).changed();
        carryOut(undone);
        return undone;
    }

    private void carryOut(Collection<String> ids) {
        ids.forEach(id -> watch.hands().of(id).hurry());
        watch.lookNow();
        watch.hands().await(ids, SEEN_MAX);
    }

    private Shown show(String id, RouteFile file) {
        var here = watch.told(id, file.problem());
        var seen = watch.seen();
        var row = seen.rows().get(id);
        var run = seen.runs().get(id);
        boolean polls = watch.polls(id);
        var nodes = nodes(here, seen, file);
        var there = polls
                ? nodes.stream().min(Comparator.comparing(RouteDesk::rank)).orElse(null)
                : null;
        var state = there == null ? here.state().code() : there.state();
        var figures = figures(id);
        return new Shown(
                id,
                file.name(),
                channel(file.connectors().get(id)),
                state,
                problem(id, state, here, row, nodes),
                figures.map(ManagedRouteMBean::getExchangesCompleted).orElse(0L),
                figures.map(ManagedRouteMBean::getExchangesFailed).orElse(0L),
                nodes.stream().mapToLong(OnNode::inHand).sum(),
                seen.wanted(id).code(),
                row == null ? null : row.by(),
                row == null ? null : row.reason(),
                row == null ? null : row.since(),
                row == null ? null : row.until(),
                polls,
                there == null || rank(there) > 0 ? null : there.node(),
                nodes,
                run == null ? null : run.ranAt());
    }

    private List<OnNode> nodes(Told here, Seen seen, RouteFile file) {
        if (file.routeIds().isEmpty()) {
            return List.of();
        }
        var nodes = new ArrayList<OnNode>();
        nodes.add(new OnNode(watch.node(), here.state().code(), here.problem(), here.inHand(), true, watch.now()));
        for (var other : seen.of(here.route())) {
            nodes.add(new OnNode(
                    other.node(), other.state().code(), other.problem(), other.inHand(), false, other.seenAt()));
        }
        return nodes;
    }

    /** The node that runs a poller comes first, then one that would. */
    private static int rank(OnNode node) {
        return switch (node.state()) {
            case "started", "starting", "suspending", "stopping" -> 0;
            case "suspended", "stopped" -> 1;
            default -> 2;
        };
    }

    private @Nullable String problem(
            String id, String state, Told here, StateTable.@Nullable Row row, List<OnNode> nodes) {
        var there = nodes.stream()
                .map(OnNode::problem)
                .filter(said -> said != null)
                .findFirst()
                .orElse(here.problem());
        if (there != null) {
            boolean late = row != null && row.byItself() && row.wanted() == Wanted.STARTED && state.equals("stopped");
            return late && row != null
                    ? "It was to start again by itself on " + UkTime.dateTime(row.since()) + " and could not. " + there
                    : there;
        }
        if (here.state() != RouteState.STARTED) {
            return null;
        }
        var route = camel.getRoute(id);
        return route != null && route.getConsumer() instanceof PolledSource polled ? polled.problem() : null;
    }

    private static @Nullable String channel(@Nullable String connector) {
        return Optional.ofNullable(connector)
                .flatMap(Channel::ofConnector)
                .map(Channel::code)
                .orElse(null);
    }

    private Optional<ManagedRouteMBean> figures(String id) {
        return Optional.ofNullable(camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class))
                .flatMap(managed -> Optional.ofNullable(managed.getManagedRoute(id)));
    }
}
