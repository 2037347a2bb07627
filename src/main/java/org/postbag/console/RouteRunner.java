package org.postbag.console;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.Suspendable;
import org.apache.camel.component.timer.TimerConsumer;
import org.apache.camel.component.timer.TimerEndpoint;
import org.apache.camel.support.DefaultScheduledPollConsumerScheduler;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.PolledSource;

/**
 * Starts and stops Camel's routes, each within a time limit. Camel does one such thing at a time in all of its routes, so a route is drained first, outside
 * of Camel's lock: its consumer takes nothing new, and what is in hand ends. Only then is Camel asked, who has nothing left to wait for.
 */
final class RouteRunner {

    /** For how long what a route has in hand may go on before it is stopped all the same. */
    static final Duration DRAIN_MAX = Duration.ofSeconds(20);

    /** Postbag's own connectors reach out when they poll, not when they start. */
    static final Duration START_MAX = Duration.ofSeconds(10);

    static final Duration RUN_MAX = Duration.ofMinutes(1);

    /** What is in hand had its time already. */
    private static final long LAST_MILLIS = 100;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    private final CamelContext camel;
    private final Duration drainMax;
    private final Duration startMax;
    private final CountDownLatch ending = new CountDownLatch(1);

    RouteRunner(CamelContext camel, Duration drainMax, Duration startMax) {
        this.camel = camel;
        this.drainMax = drainMax;
        this.startMax = startMax;
    }

    /** It didn't work; what it says is for whoever runs routes. */
    static final class Failed extends Exception {

        Failed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** As Camel has it; empty where it has no such route. */
    static Transition.@Nullable Real real(CamelContext camel, String route) {
        var status = camel.getRouteController().getRouteStatus(route);
        if (status == null) {
            return null;
        }
        return status.isStarted()
                ? Transition.Real.STARTED
                : status.isSuspended() ? Transition.Real.SUSPENDED : Transition.Real.STOPPED;
    }

    /** Whether it takes items, or would as soon as it is resumed. */
    boolean isOpen(String route) {
        var real = real(camel, route);
        return real == Transition.Real.STARTED || real == Transition.Real.SUSPENDED;
    }

    /** Whether it asks a source, again and again. */
    static boolean polls(@Nullable Route route) {
        Endpoint from = route == null ? null : route.getEndpoint();
        return from instanceof ScheduledPollEndpoint || from instanceof TimerEndpoint;
    }

    long inHand(String route) {
        return camel.getInflightRepository().size(route);
    }

    /**
     * @param wanted whether it is wanted still: where it isn't any more, draining ends and the route goes on
     * @return what there is to say of how it went, or null
     */
    @Nullable
    String carryOut(String route, Transition next, BooleanSupplier wanted) throws Failed {
        var routes = camel.getRouteController();
        switch (next) {
            case NOTHING -> {}
            case START -> within(startMax, "start", () -> routes.startRoute(route));
            case RESUME -> within(startMax, "resume", () -> routes.resumeRoute(route));
            case SUSPEND -> {
                return ended(route, wanted, () -> routes.suspendRoute(route, LAST_MILLIS, TimeUnit.MILLISECONDS));
            }
            case STOP -> {
                return ended(route, wanted, () -> routes.stopRoute(route, LAST_MILLIS, TimeUnit.MILLISECONDS));
            }
        }
        return null;
    }

    private @Nullable String ended(String route, BooleanSupplier wanted, Action last) throws Failed {
        var consumer = consumer(route);
        if (consumer instanceof Suspendable) {
            ServiceHelper.suspendService(consumer);
        }
        boolean drained = drained(route, consumer, wanted);
        if (!drained && !wanted.getAsBoolean()) {
            ServiceHelper.resumeService(consumer);
            return null;
        }
        long left = inHand(route);
        within(startMax, "stop", last);
        return left == 0 ? null : left(left, drainMax);
    }

    /**
     * Does something with a route while it takes nothing and has nothing in hand; its source keeps its items meanwhile. A route that ran and is there
     * afterwards goes on.
     *
     * @return false where it did not come to rest in time; then nothing was done
     */
    boolean atRest(String route, Runnable what) {
        var before = camel.getRoute(route);
        var consumer = before == null ? null : before.getConsumer();
        var status = camel.getRouteController().getRouteStatus(route);
        boolean runs = consumer != null && status != null && status.isStarted();
        try {
            if (runs && consumer instanceof Suspendable) {
                ServiceHelper.suspendService(consumer);
            }
            if (!drained(route, consumer, () -> true)) {
                return false;
            }
            what.run();
            return true;
        } finally {
            if (runs && camel.getRoute(route) == before) {
                ServiceHelper.resumeService(consumer);
            }
        }
    }

    /** Starts it, or gives it up after a time. */
    void start(String route) throws Failed {
        within(startMax, "start", () -> camel.getRouteController().startRoute(route));
    }

    static String left(long left, Duration waited) {
        return "%d %s still in hand after %d seconds. Nothing is lost: what was not taken in stays with its source or its sender, and can be given again."
                .formatted(left, left == 1 ? "item was" : "items were", waited.toSeconds());
    }

    private boolean drained(String route, @Nullable Consumer consumer, BooleanSupplier wanted) {
        long end = System.nanoTime() + drainMax.toNanos();
        while (inHand(route) > 0 || isPolling(consumer)) {
            if (System.nanoTime() - end >= 0 || !wanted.getAsBoolean() || pausedUntilEnd()) {
                return false;
            }
        }
        return true;
    }

    private boolean pausedUntilEnd() {
        try {
            return ending.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean isPolling(@Nullable Consumer consumer) {
        return consumer instanceof ScheduledPollConsumer polled && polled.isPolling();
    }

    private @Nullable Consumer consumer(String route) {
        var found = camel.getRoute(route);
        return found == null ? null : found.getConsumer();
    }

    /** Has a poller look at its source now, and waits for it; what it says of its source afterwards is returned. */
    @Nullable
    String run(String route) throws Failed {
        if (real(camel, route) != Transition.Real.STARTED) {
            throw new Failed("It was stopped before it could run.", null);
        }
        var consumer = consumer(route);
        if (consumer instanceof ScheduledPollConsumer polled
                && polled.getScheduler() instanceof DefaultScheduledPollConsumerScheduler scheduler) {
            // In the poller's own thread: never two polls at once.
            var poll = scheduler.getScheduledExecutorService().submit(polled);
            await(() -> poll.get(RUN_MAX.toMillis(), TimeUnit.MILLISECONDS), RUN_MAX);
        } else if (consumer instanceof TimerConsumer timer) {
            runTimer(route, timer);
        } else {
            throw new Failed("It doesn't poll a source, so there is nothing to run.", null);
        }
        return consumer instanceof PolledSource source ? source.problem() : null;
    }

    private void runTimer(String route, TimerConsumer timer) throws Failed {
        timer.suspend();
        try {
            if (inHand(route) > 0) {
                return; // It runs already.
            }
            var exchange = timer.createExchange(false);
            within(RUN_MAX, "run", () -> timer.getProcessor().process(exchange));
            if (exchange.getException() != null) {
                throw new Failed(
                        "It ran and failed: its source did not give what it was asked for.", exchange.getException());
            }
        } finally {
            timer.resume();
        }
    }

    /** Draining ends: the program does. */
    void end() {
        ending.countDown();
    }

    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    /** In a thread of its own, which is interrupted where it takes too long: a connector that hangs holds up nobody else for ever. */
    private static void within(Duration limit, String what, Action action) throws Failed {
        var done = new CompletableFuture<@Nullable Void>();
        var thread = Thread.ofVirtual().name("route-" + what).start(() -> {
            try {
                action.run();
                done.complete(null);
            } catch (Exception | LinkageError wrong) { // Camel throws whatever the endpoint throws.
                done.completeExceptionally(wrong);
            }
        });
        try {
            await(() -> done.get(limit.toMillis(), TimeUnit.MILLISECONDS), limit);
        } catch (Failed failed) {
            if (failed.getCause() instanceof TimeoutException) {
                thread.interrupt();
            }
            throw failed;
        }
    }

    @FunctionalInterface
    private interface Wait {
        @Nullable
        Object get() throws InterruptedException, ExecutionException, TimeoutException;
    }

    private static void await(Wait wait, Duration limit) throws Failed {
        try {
            wait.get();
        } catch (ExecutionException wrong) {
            var cause = wrong.getCause() == null ? wrong : wrong.getCause();
            throw new Failed(RouteFiles.reason(cause), cause);
        } catch (TimeoutException late) {
            throw new Failed(
                    "It did not answer within " + limit.toSeconds() + " seconds: what it connects to may hang.", late);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Failed("Postbag is stopping.", stopping);
        }
    }
}
