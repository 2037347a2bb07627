package org.postbag.console.seeing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.staff.StaffMember;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Follows items through the steps of a route, where a member asked for it: so many of them and so long at most, then it is off by itself. Kept in this node's memory
 * for a while, nowhere else. Camel finds it by its type and puts it around each step; where nothing is traced that costs one look at a flag.
 */
@Component
@Profile("!command")
class Tracing implements InterceptStrategy {

    static final int AT_ONCE_MAX = 10;
    static final Duration KEPT = Duration.ofMinutes(30);

    private final AuditTrail trail;
    private final Clock clock;
    private final Map<String, Trace> traces = new ConcurrentHashMap<>();
    private volatile boolean any;

    Tracing(AuditTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /** The route's last, as long as it is kept. */
    Optional<Trace> of(String route) {
        return Optional.ofNullable(traces.get(route));
    }

    /**
     * Begins another in the place of the last one. Recorded first, so that nothing is traced that isn't.
     *
     * @return false where as many as may be are traced already
     */
    synchronized boolean begin(String route, int items, int minutes, boolean content, StaffMember member) {
        forgetOld();
        if (!traces.containsKey(route) && traces.size() >= AT_ONCE_MAX) {
            return false;
        }
        var now = clock.instant();
        record(
                member,
                Action.CHANGED,
                route,
                "tracing begun: %d items, %d minutes, %s"
                        .formatted(items, minutes, content ? "with content" : "without content"));
        traces.put(route, new Trace(route, member.name(), now, now.plus(Duration.ofMinutes(minutes)), items, content));
        any = true;
        return true;
    }

    void end(String route, StaffMember member) {
        of(route).filter(trace -> trace.ended() == null).ifPresent(trace -> {
            record(member, Action.CHANGED, route, "tracing ended");
            trace.end(clock.instant());
        });
    }

    /** That somebody saw what an item says. */
    void looked(String route, int item, StaffMember member) {
        record(member, Action.LOOKED, route, "what item %d of a trace says".formatted(item));
    }

    private void record(StaffMember member, Action action, String route, String detail) {
        trail.record(new AuditEvent(member.actor(), action, new Subject("route", route), detail));
    }

    @Scheduled(initialDelayString = "PT10S", fixedDelayString = "PT10S")
    synchronized void forgetOld() {
        var now = clock.instant();
        traces.values().forEach(trace -> trace.endIfOver(now));
        traces.values().removeIf(trace -> isOld(trace, now));
        any = !traces.isEmpty();
    }

    private static boolean isOld(Trace trace, Instant now) {
        var ended = trace.ended();
        return ended != null && ended.plus(KEPT).isBefore(now);
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
        return new Around(target, definition);
    }

    private final class Around extends DelegateAsyncProcessor {

        private final NamedNode step;

        Around(Processor target, NamedNode step) {
            super(target);
            this.step = step;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            var trace = any && exchange.getFromRouteId() != null ? traces.get(exchange.getFromRouteId()) : null;
            var entered = trace == null
                    ? Optional.empty()
                    : trace.enters(exchange, String.valueOf(step.getId()), clock.instant());
            if (trace == null || entered.isEmpty()) {
                return super.process(exchange, callback);
            }
            return super.process(exchange, doneSync -> {
                trace.leaves(entered.get(), exchange, clock.instant());
                callback.done(doneSync);
            });
        }
    }
}
