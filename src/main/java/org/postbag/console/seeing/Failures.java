package org.postbag.console.seeing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ReceivingUnavailable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The last failures of each route on this node, in memory: what kind, where and when. What an exception says is left out, since it may quote anything; only our own
 * words are kept. Camel finds it by its type.
 */
@Component
@Profile("!command")
class Failures extends EventNotifierSupport {

    static final int KEPT_MAX = 20;
    private static final int ROUTES_MAX = 500;
    private static final int CAUSES_MAX = 20;

    private final Map<String, Deque<Failure>> byRoute = new ConcurrentHashMap<>();
    private final Clock clock;

    Failures(Clock clock) {
        this.clock = clock;
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
        setIgnoreStepEvents(true);
    }

    /**
     * @param node the step at which it failed; null at the source
     * @param kind what failed, in our own words or as the name of a kind of fault
     */
    public record Failure(Instant at, @Nullable String node, String kind) {}

    /** The newest first. */
    List<Failure> of(String route) {
        var own = byRoute.get(route);
        if (own == null) {
            return List.of();
        }
        synchronized (own) {
            return List.copyOf(own);
        }
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeFailedEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeFailedEvent failed) {
            var exchange = failed.getExchange();
            var route = exchange.getFromRouteId();
            if (route != null) {
                note(route, exchange.getExchangeExtension().getHistoryNodeId(), kind(exchange));
            }
        }
    }

    void note(String route, @Nullable String node, String kind) {
        if (byRoute.size() >= ROUTES_MAX && !byRoute.containsKey(route)) {
            return;
        }
        var own = byRoute.computeIfAbsent(route, _ -> new ArrayDeque<>());
        synchronized (own) {
            own.addFirst(new Failure(clock.instant(), node, kind));
            if (own.size() > KEPT_MAX) {
                own.removeLast();
            }
        }
    }

    private static String kind(Exchange exchange) {
        var fault = exchange.getException() != null
                ? exchange.getException()
                : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return fault == null ? "Failed, nobody said why" : kind(fault);
    }

    /** Ours say what is away; of others the kind is told. */
    static String kind(Throwable fault) {
        var cause = fault;
        for (int i = 0; i < CAUSES_MAX; i++) {
            if (cause instanceof ReceivingUnavailable away) {
                return Objects.requireNonNullElse(away.getMessage(), "Something that is needed is away");
            }
            if (cause.getCause() == null || cause.getCause() == cause) {
                break;
            }
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName();
    }
}
