package org.postbag.receiving.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.postbag.receiving.Acknowledgement;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Hands a form that was found right to its route, which receives it. */
@Component
class FormIntake {

    private static final Logger LOG = LoggerFactory.getLogger(FormIntake.class);
    /** A stopped route is an answer at once, not something to wait for. */
    private static final String DOOR = "direct:contact-form?block=false&failIfNoConsumers=true";
    /** As long as a person can be asked to look at a page that is loading. What becomes durable later is the same item when they send it again. */
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final ProducerTemplate routes;
    private final FormLimits limits;

    FormIntake(ProducerTemplate routes, FormLimits limits) {
        this.routes = routes;
        this.limits = limits;
    }

    sealed interface Taking {
        /** The form is durable. A repeat of it is answered by the receipt of the first. */
        record Taken(Receipt receipt) implements Taking {}

        /** The form is not known to be durable: the route is stopped, or the raw store or Kafka is away. */
        record NotNow() implements Taking {}

        /** Too many forms came from this network; nothing was taken in. */
        record TooMany(Duration pause) implements Taking {}
    }

    /** @param address who sends it */
    Taking take(ContactForm form, String address) {
        var wait = limits.waitForForm(address);
        return wait.isZero() ? take(form) : new Taking.TooMany(wait);
    }

    private Taking take(ContactForm form) {
        try {
            var exchange = routes.asyncSend(DOOR, (Exchange e) -> e.getMessage().setBody(form))
                    .get(WAIT.toSeconds(), TimeUnit.SECONDS);
            return exchange.getException() == null ? taken(exchange) : notNow(exchange.getException());
        } catch (ExecutionException | TimeoutException failed) {
            return notNow(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return notNow(stopping);
        }
    }

    private static Taking taken(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof List<?> answers
                        && answers.getFirst() instanceof Acknowledgement acknowledged
                ? new Taking.Taken(acknowledged.receipt())
                : notNow(new IllegalStateException("The route does not end in the receiver"));
    }

    private static Taking notNow(Exception why) {
        // The kind of fault only: a message could hold what was typed.
        LOG.warn("A form could not be taken in: {}", why.getClass().getSimpleName());
        return new Taking.NotNow();
    }
}
