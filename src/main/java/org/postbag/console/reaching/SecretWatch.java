package org.postbag.console.reaching;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postbag.console.Looks;
import org.postbag.console.WantedState;
import org.postbag.console.WantedState.Renewal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Has the routes of this node sign in anew when a secret that they use has another value, whichever node it was given on, or when its file was handed out anew:
 * looks each half second at what tells values apart.
 */
@Component
@Profile("!command")
class SecretWatch implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(SecretWatch.class);
    /** A route that could not be stopped is tried again after this. */
    private static final long AGAIN_SECONDS = 30;

    private final Secrets secrets;
    private final SecretUses uses;
    private final WantedState wanted;
    private final Looks looks = new Looks("secrets", "Whether secrets were changed", this::compare);
    /** By route: what became, or becomes, of its signing in anew. */
    private final Map<String, CompletableFuture<Renewal>> renewals = new ConcurrentHashMap<>();

    private Map<String, String> seen = Map.of();

    SecretWatch(Secrets secrets, SecretUses uses, WantedState wanted) {
        this.secrets = secrets;
        this.uses = uses;
        this.wanted = wanted;
    }

    /** Before routes run: what they sign in with is what is seen here first. */
    @EventListener(ApplicationStartedEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void start() {
        look();
        looks.begin();
    }

    @Override
    public void destroy() {
        looks.end();
    }

    /** Looks now, and has routes sign in anew behind. */
    void look() {
        looks.now();
    }

    private void compare() {
        var now = secrets.marks();
        var changed = new HashSet<String>();
        now.forEach((name, mark) -> {
            if (!mark.equals(seen.get(name))) {
                changed.add(name);
            }
        });
        if (!changed.isEmpty()) {
            renew(changed);
        }
        seen = now;
    }

    private void renew(Set<String> changed) {
        for (var use : uses.all()) {
            if (use.secrets().stream().anyMatch(changed::contains)) {
                renew(use.route());
            }
        }
    }

    private void renew(String route) {
        var renewal = new CompletableFuture<Renewal>();
        renewals.put(route, renewal);
        Thread.ofVirtual().name("renew-" + route).start(() -> {
            var went = Renewal.GOES_ON;
            try {
                went = wanted.renew(route);
            } finally {
                renewal.complete(went);
            }
            if (went == Renewal.GOES_ON && !looks.hasEnded()) {
                LOG.warn("Route {} could not be stopped to sign in with its new secret; it is tried again", route);
                looks.later(AGAIN_SECONDS, () -> renew(route));
            } else if (went == Renewal.ANEW) {
                LOG.info("Route {} signs in anew: its secret has another value", route);
            }
        });
    }

    /** What became of a route whose secret was changed before the last look. It goes on where it still has something in hand after the limit, and signs in anew then. */
    Renewal renewal(String route, Duration limit) {
        var renewal = renewals.get(route);
        if (renewal == null) {
            return Renewal.DID_NOT_RUN;
        }
        try {
            return renewal.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException behind) {
            return Renewal.GOES_ON;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Renewal.GOES_ON;
        }
    }
}
