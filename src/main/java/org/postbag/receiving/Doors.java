package org.postbag.receiving;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Where a page hands in what someone sent: a {@code direct:} route, which receives it. Needs no database. */
@Component
public class Doors {

    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
    /** As long as a person can be asked to look at a page that is loading. What becomes durable later is the same item when they send it again. */
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final ProducerTemplate routes;

    Doors(ProducerTemplate routes) {
        this.routes = routes;
    }

    /**
     * Hands in one item and waits until it is durable. A repeat of it is answered by the receipt of the first.
     *
     * @param door the name under which the route takes it in
     * @return empty where it is not known to be durable: the route is stopped, or the raw store or Kafka is away
     */
    public Optional<Receipt> handIn(String door, Object item) {
        try {
            // A stopped route is an answer at once, not something to wait for.
            var exchange = routes.asyncSend(
                            "direct:" + door + "?block=false&failIfNoConsumers=true",
                            (Exchange e) -> e.getMessage().setBody(item))
                    .get(WAIT.toSeconds(), TimeUnit.SECONDS);
            return exchange.getException() == null ? taken(door, exchange) : notNow(door, exchange.getException());
        } catch (ExecutionException | TimeoutException failed) {
            return notNow(door, failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return notNow(door, stopping);
        }
    }

    private static Optional<Receipt> taken(String door, Exchange exchange) {
        return exchange.getMessage().getBody() instanceof List<?> answers
                        && answers.getFirst() instanceof Acknowledgement acknowledged
                ? Optional.of(acknowledged.receipt())
                : notNow(door, new IllegalStateException("The route does not end in the receiver"));
    }

    private static Optional<Receipt> notNow(String door, Exception why) {
        // The kind of fault only: a message could hold what was typed.
        LOG.warn("An item could not be taken in at {}: {}", door, why.getClass().getSimpleName());
        return Optional.empty();
    }
}
