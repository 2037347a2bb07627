package org.postbag.console;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
 * Puts a route in the place of another under the same id. The old one first finishes what it has in hand; while neither runs, its source keeps its items. If the
 * new one can't be loaded or doesn't start, the old one is put back.
 */
final class RouteSwap {

    private static final Logger LOG = LoggerFactory.getLogger(RouteSwap.class);
    /** How long the old one may take to finish; then it is left running. */
    private static final long STOP_SECONDS_MAX = 20;

    /** Whether a route that is new is started here; else somebody else does. */
    private final BooleanSupplier startsNew;

    private final Map<String, String> running = new ConcurrentHashMap<>();
    /** Whether routes start by themselves is a setting of the whole context. */
    private final ReentrantLock loading = new ReentrantLock();

    RouteSwap(BooleanSupplier startsNew) {
        this.startsNew = startsNew;
    }

    void load(CamelContext context, String name, String text) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, text));
    }

    /** This text is what runs under the id, or would if the route weren't stopped. */
    void runs(String id, String text) {
        running.put(id, text);
    }

    CarriedOut put(CamelContext context, String id, String text) {
        var before = running.get(id);
        boolean there = context.getRoute(id) != null;
        if (there && text.equals(before)) {
            return new CarriedOut.InForce();
        }
        var status = context.getRouteController().getRouteStatus(id);
        boolean ran = there && status != null && status.isStarted();
        if (there && !isStopped(context, id)) {
            return new CarriedOut.LeftAsItWas(
                    "The route is still busy with what it has in hand, so what ran before still runs. Try again in a moment.");
        }
        try {
            place(context, id, text, ran || (before == null && startsNew.getAsBoolean()));
            return new CarriedOut.InForce();
        } catch (Exception wrong) { // Loader and endpoints throw whatever the route makes them throw.
            LOG.warn("A version of route {} could not be put in force: {}", id, LoadProblem.of(wrong));
            discard(context, id);
            return new CarriedOut.LeftAsItWas(LoadProblem.of(wrong) + putBack(context, id, before, ran));
        }
    }

    private void place(CamelContext context, String id, String text, boolean start) throws Exception {
        discard(context, id);
        // Camel would let a text take the place of whatever route it names.
        if (RoutePiece.of(id, text).stream().anyMatch(piece -> !piece.ids().equals(List.of(id)))) {
            throw new IllegalStateException("The text is not that of the route " + id);
        }
        loading.lock();
        boolean starting = context.isAutoStartup();
        try {
            context.setAutoStartup(false);
            load(context, "versions/" + id + RouteFiles.ENDING, text);
        } finally {
            context.setAutoStartup(starting);
            loading.unlock();
        }
        if (context.getRoute(id) == null) {
            throw new IllegalStateException("The text makes no route " + id);
        }
        if (start) {
            context.getRouteController().startRoute(id);
        }
        running.put(id, text);
    }

    private String putBack(CamelContext context, String id, @Nullable String before, boolean ran) {
        if (before == null) {
            return "";
        }
        try {
            place(context, id, before, ran);
            return "";
        } catch (Exception wrong) {
            LOG.error("Route {} could not be put back as it was: {}", id, LoadProblem.of(wrong));
            return ". What ran before could not be started again either: " + LoadProblem.of(wrong);
        }
    }

    CarriedOut remove(CamelContext context, String id) {
        if (context.getRoute(id) != null && !isStopped(context, id)) {
            return new CarriedOut.LeftAsItWas(
                    "The route is still busy with what it has in hand. Try again in a moment.");
        }
        discard(context, id);
        running.remove(id);
        return new CarriedOut.InForce();
    }

    private static boolean isStopped(CamelContext context, String id) {
        try {
            return context.getRouteController().stopRoute(id, STOP_SECONDS_MAX, TimeUnit.SECONDS, true);
        } catch (Exception stays) { // Camel's controller throws whatever the route's endpoint throws.
            LOG.warn("Route {} could not be stopped: {}", id, stays.getClass().getSimpleName());
            return false;
        }
    }

    /** A route that failed leaves its definition behind. */
    static void discard(CamelContext context, String id) {
        try {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        } catch (Exception stays) {
            LOG.warn("Route {} could not be removed: {}", id, stays.getClass().getSimpleName());
        }
    }
}
