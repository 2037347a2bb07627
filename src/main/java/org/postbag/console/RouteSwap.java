package org.postbag.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.postbag.console.changing.CarriedOut;
import org.postbag.console.changing.LoadProblem;
import org.postbag.console.changing.RoutePiece;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a route in the place of another under the same id. The old one first finishes what it has in hand, in nobody's way: Camel, who does one thing at a time
 * with all its routes, is asked only then. While neither runs, the source keeps its items. If the new one can't be loaded or doesn't start, the old one is put
 * back.
 */
final class RouteSwap {

    static final String BUSY =
            "The route is still busy with what it has in hand, so what ran before still runs. Try again in a moment.";

    private static final Logger LOG = LoggerFactory.getLogger(RouteSwap.class);
    /** It has nothing in hand by then, so Camel answers at once. */
    private static final long STOP_SECONDS_MAX = 2;

    private final CamelContext context;
    private final RouteRunner runner;
    /** Whether a route that is new is started here; else somebody else does. */
    private final BooleanSupplier startsNew;

    private final Map<String, String> running = new ConcurrentHashMap<>();
    /** Whether routes start by themselves is a setting of the whole context. */
    private final ReentrantLock loading = new ReentrantLock();

    RouteSwap(CamelContext context, BooleanSupplier startsNew) {
        this.context = context;
        this.runner = new RouteRunner(context, RouteRunner.DRAIN_MAX, RouteRunner.START_MAX);
        this.startsNew = startsNew;
    }

    void load(String name, String text) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, text));
    }

    /** This text is what runs under the id, or would if the route weren't stopped. */
    void runs(String id, String text) {
        running.put(id, text);
    }

    /** Does something while the route has nothing in hand; false where it goes on having, and nothing was done. */
    boolean atRest(String id, Runnable what) {
        return runner.atRest(id, what);
    }

    CarriedOut put(String id, String text) {
        if (context.getRoute(id) != null && text.equals(running.get(id))) {
            return new CarriedOut.InForce();
        }
        return notItsOwn(id, text)
                .<CarriedOut>map(CarriedOut.LeftAsItWas::new)
                .orElseGet(() -> whenAtRest(id, () -> swapped(id, text)));
    }

    private interface Change {
        CarriedOut make();
    }

    private CarriedOut whenAtRest(String id, Change change) {
        var outcome = new AtomicReference<CarriedOut>(new CarriedOut.LeftAsItWas(BUSY));
        runner.atRest(id, () -> outcome.set(change.make()));
        return outcome.get();
    }

    /** Camel would let a text take the place of whatever route it names. */
    private static Optional<String> notItsOwn(String id, String text) {
        try {
            return RoutePiece.of(id, text).stream()
                            .allMatch(piece -> piece.ids().equals(List.of(id)))
                    ? Optional.empty()
                    : Optional.of("The text is not that of the route " + id);
        } catch (RuntimeException unreadable) {
            return Optional.of(LoadProblem.of(unreadable));
        }
    }

    private CarriedOut swapped(String id, String text) {
        var before = running.get(id);
        boolean there = context.getRoute(id) != null;
        var status = context.getRouteController().getRouteStatus(id);
        boolean ran = there && status != null && status.isStarted();
        if (there && !isStopped(id)) {
            return new CarriedOut.LeftAsItWas(BUSY);
        }
        try {
            place(id, text, ran || (before == null && startsNew.getAsBoolean()));
            return new CarriedOut.InForce();
        } catch (Exception wrong) { // Loader and endpoints throw whatever the route makes them throw.
            LOG.warn("A version of route {} could not be put in force: {}", id, LoadProblem.of(wrong));
            discard(id);
            return new CarriedOut.LeftAsItWas(LoadProblem.of(wrong) + putBack(id, before, ran));
        }
    }

    private void place(String id, String text, boolean start) throws Exception {
        discard(id);
        loading.lock();
        boolean starting = context.isAutoStartup();
        try {
            context.setAutoStartup(false);
            load("versions/" + id + RouteFiles.ENDING, text);
        } finally {
            context.setAutoStartup(starting);
            loading.unlock();
        }
        if (context.getRoute(id) == null) {
            throw new IllegalStateException("The text makes no route " + id);
        }
        if (start) {
            runner.start(id);
        }
        running.put(id, text);
    }

    private String putBack(String id, @Nullable String before, boolean ran) {
        if (before == null) {
            return "";
        }
        try {
            place(id, before, ran);
            return "";
        } catch (Exception wrong) {
            LOG.error("Route {} could not be put back as it was: {}", id, LoadProblem.of(wrong));
            return ". What ran before could not be started again either: " + LoadProblem.of(wrong);
        }
    }

    CarriedOut remove(String id) {
        return whenAtRest(id, () -> {
            if (context.getRoute(id) != null && !isStopped(id)) {
                return new CarriedOut.LeftAsItWas(BUSY);
            }
            discard(id);
            running.remove(id);
            return new CarriedOut.InForce();
        });
    }

    private boolean isStopped(String id) {
        try {
            return context.getRouteController().stopRoute(id, STOP_SECONDS_MAX, TimeUnit.SECONDS, true);
        } catch (Exception stays) { // Camel's controller throws whatever the route's endpoint throws.
            LOG.warn("Route {} could not be stopped: {}", id, stays.getClass().getSimpleName());
            return false;
        }
    }

    /** A route that failed leaves its definition behind. */
    void discard(String id) {
        try {
            context.getRouteController().stopRoute(id, STOP_SECONDS_MAX, TimeUnit.SECONDS);
            context.removeRoute(id);
        } catch (Exception stays) {
            LOG.warn("Route {} could not be removed: {}", id, stays.getClass().getSimpleName());
        }
    }
}
