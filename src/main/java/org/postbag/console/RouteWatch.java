package org.postbag.console;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.postbag.console.NodeTable.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Has the routes of this node as they are wanted: looks at the database a few times a second, and carries out what differs, each route in a thread of its
 * own. While the database is away, doors go on as they are, and so do pollers where this is the only node; among several nodes they stop, since another node may
 * take them over.
 */
@Component
@Profile("!command")
class RouteWatch implements WantedState {

    private static final Logger LOG = LoggerFactory.getLogger(RouteWatch.class);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);
    private static final Duration FIRST_MAX = Duration.ofSeconds(10);
    private static final Duration END_MAX = Duration.ofSeconds(8);

    private final RouteFiles files;
    private final NodeRoutes routes;
    private final WantedChanges changes;
    private final RouteRunner runner;
    private final RouteHands hands;
    private final Leases leases;
    private final NodeNews news;
    private final String node;
    private final Clock clock;

    private final BlockingQueue<Boolean> wakes = new ArrayBlockingQueue<>(1);
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Seen seen = Seen.NOTHING;
    private volatile boolean ending;
    private volatile boolean begun;
    private @Nullable Thread loop;

    @Autowired
    RouteWatch(
            CamelContext camel,
            RouteFiles files,
            RouteTurns turns,
            WantedChanges changes,
            DataSource database,
            Clock clock,
            @Value("${postbag.filing.node:}") String node) {
        this(
                camel,
                files,
                turns,
                changes,
                database,
                clock,
                (node.isBlank() ? machine() : node) + " "
                        + ManagementFactory.getRuntimeMXBean().getPid(),
                new RouteRunner(camel, RouteRunner.DRAIN_MAX, RouteRunner.START_MAX));
    }

    /** @param node its name among the nodes */
    RouteWatch(
            CamelContext camel,
            RouteFiles files,
            RouteTurns turns,
            WantedChanges changes,
            DataSource database,
            Clock clock,
            String node,
            RouteRunner runner) {
        this.files = files;
        this.routes = new NodeRoutes(camel, files);
        this.changes = changes;
        this.clock = clock;
        this.node = node;
        this.runner = runner;
        this.hands = new RouteHands(runner, turns, changes, this::transition, () -> wakes.offer(true));
        this.news = new NodeNews(node);
        this.leases = new Leases(database, (jdbc, route) -> new NodeTable(jdbc, node).wasLeftPolling(route));
        // No route starts by itself when it is loaded: what is wanted of it is known only here.
        camel.setAutoStartupExcludePattern("*");
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "node";
        }
    }

    /** The routes are loaded by now. Comes back when they run, or soon after. */
    @EventListener(ApplicationStartedEvent.class)
    void begin() {
        begun = true;
        lookNow();
        hands.await(routes.loaded(), FIRST_MAX);
        loop = Thread.ofPlatform().name("route-watch").daemon().start(this::run);
    }

    private void run() {
        while (!ending) {
            try {
                wakes.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                lookNow();
            } catch (InterruptedException stopping) {
                return;
            } catch (RuntimeException wrong) { // The next look may go better.
                LOG.error("What is wanted of routes could not be carried out", wrong);
            }
        }
    }

    /** Looks, and begins to carry out what it finds. */
    void lookNow() {
        looking.lock();
        try {
            if (!ending) {
                look();
                routes.loaded().forEach(this::begin);
                tell();
            }
        } finally {
            looking.unlock();
        }
    }

    private void begin(String route) {
        if (!hands.carryOutBehind(route) && seen.awaySince() == null && routes.isTurn(route)) {
            var run = seen.runs().get(route);
            var asked = run == null ? null : run.asked();
            if (asked != null) {
                hands.runBehind(route, asked);
            }
        }
    }

    private void look() {
        try {
            var asked = leases.open();
            var table = new StateTable(asked);
            news.beat(asked);
            var rows = table.all();
            if (rows.values().stream().anyMatch(StateTable.Row::due)) {
                changes.startAgain();
                rows = table.all();
            }
            var now = new Seen(rows, table.runs(), new NodeTable(asked, node).others(), null);
            leases.keep(routes.pollers().stream()
                    .filter(route -> now.wanted(route) != Wanted.STOPPED)
                    .toList());
            if (seen.awaySince() != null) {
                LOG.info("The database answers again: routes are as they are wanted");
            }
            seen = now;
        } catch (SQLException | RuntimeException away) { // Whatever fails here, routes go on with what was known.
            if (seen.awaySince() == null) {
                LOG.warn(
                        "What is wanted of routes can't be read now, and routes go on as they are: {}",
                        away.getClass().getSimpleName());
            }
            leases.lose();
            seen = seen.away(clock.instant());
        }
        routes.hold(leases::mayPoll, seen.others().isEmpty());
    }

    /** The other nodes hear how the routes are here. */
    private void tell() {
        if (seen.awaySince() != null) {
            return;
        }
        var now = files.all().stream()
                .flatMap(file -> file.routeIds().stream().map(route -> told(route, file.problem())))
                .toList();
        try {
            news.tell(leases.open(), now);
        } catch (SQLException | RuntimeException away) {
            leases.lose();
        }
    }

    /** How a route is on this node, now. */
    Told told(String route, @Nullable String notLoaded) {
        var real = notLoaded == null ? routes.real(route) : null;
        if (real == null) {
            return new Told(route, RouteState.NOT_LOADED, notLoaded, 0);
        }
        var hand = hands.of(route);
        var doing = hand.doing();
        var state = doing == null ? routes.state(route, real, seen.wanted(route)) : doing;
        return new Told(route, state, hand.problem(), runner.inHand(route));
    }

    boolean polls(String route) {
        return routes.polls(route);
    }

    RouteHands hands() {
        return hands;
    }

    Seen seen() {
        return seen;
    }

    String node() {
        return node;
    }

    Instant now() {
        return clock.instant();
    }

    private Transition transition(String route) {
        return routes.transition(route, seen.wanted(route));
    }

    @Override
    public void carryOut(String route) {
        if (begun) {
            hands.carryOut(route);
        }
    }

    @Override
    public Renewal renew(String route) {
        return begun ? hands.renew(route) : Renewal.DID_NOT_RUN;
    }

    /**
     * Pollers end what they have in hand, and are let go for another node to take. (By an event and not as a Lifecycle: Spring would start the Camel context
     * that a Lifecycle depends on before its routes are configured.)
     */
    @EventListener(ContextClosedEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void stop() {
        if (ending) {
            return;
        }
        ending = true;
        begun = false;
        var looks = loop;
        loop = null;
        if (looks != null) {
            looks.interrupt();
        }
        looking.lock();
        try {
            routes.letGo();
            var pollers = routes.pollers();
            pollers.forEach(hands::carryOutBehind);
            hands.await(pollers, END_MAX);
            runner.end();
            new NodeTable(leases.open(), node).leave();
        } catch (SQLException | RuntimeException away) {
            LOG.debug("This node could not say that it ends: the others find out", away);
        } finally {
            leases.close();
            looking.unlock();
        }
    }
}
