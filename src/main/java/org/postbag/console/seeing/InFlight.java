package org.postbag.console.seeing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.spi.AsyncProcessorAwaitManager.AwaitThread;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What this node has in hand for a route, by Camel's own list. */
@Component
@Profile("!command")
class InFlight {

    private static final int SHOWN_MAX = 20;
    /** What stays at one step for longer is shown as blocked. */
    private static final Duration AT_ONE_STEP_MAX = Duration.ofMinutes(1);

    private final CamelRoutes routes;
    private final Clock clock;

    InFlight(CamelRoutes routes, Clock clock) {
        this.routes = routes;
        this.clock = clock;
    }

    /**
     * An item, or a batch of them.
     *
     * @param node the step that it is at; null before the first
     * @param blocked whether it waits there for longer than it should
     */
    public record Item(Instant since, @Nullable String node, Duration atStep, boolean blocked) {

        public String atStepFor() {
            return TimeWords.duration(atStep);
        }
    }

    /** Those that are in flight for longest first. */
    List<Item> of(String route) {
        var context = routes.context();
        var waiting = PluginHelper.getAsyncProcessorAwaitManager(context).browse().stream()
                .map(AwaitThread::getExchange)
                .map(exchange -> exchange.getExchangeId())
                .collect(Collectors.toSet());
        return context.getInflightRepository().browse(route, SHOWN_MAX, true).stream()
                .map(one -> new Item(
                        clock.instant().minusMillis(one.getDuration()),
                        one.getNodeId(),
                        Duration.ofMillis(Math.max(0, one.getElapsed())),
                        one.getElapsed() > AT_ONE_STEP_MAX.toMillis()
                                || waiting.contains(one.getExchange().getExchangeId())))
                .toList();
    }
}
