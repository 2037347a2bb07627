package org.postbag.receiving.messages;

import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.SecretValues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step of a route that answers a platform's calls: it turns a {@link WebhookCall} in the exchange's body into a {@link WebhookAnswer}. The connector
 * gives its secrets as properties of the exchange.
 */
abstract class Webhook implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

    private final Receiver receiver;
    private final SecretValues secrets;

    Webhook(Receiver receiver, SecretValues secrets) {
        this.receiver = receiver;
        this.secrets = secrets;
    }

    /** @param settings the connector's */
    abstract WebhookAnswer prove(WebhookCall.Challenge challenge, Settings settings);

    abstract boolean isSigned(WebhookCall.Delivery delivery, List<String> secrets);

    abstract Cut cut(byte[] body, String route, Settings settings);

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        var settings = new Settings(exchange, secrets);
        var route = Objects.requireNonNull(exchange.getFromRouteId(), "the route");
        exchange.getMessage()
                .setBody(
                        switch (exchange.getMessage().getMandatoryBody(WebhookCall.class)) {
                            case WebhookCall.Challenge challenge -> prove(challenge, settings);
                            case WebhookCall.Delivery delivery -> take(delivery, route, settings);
                        });
    }

    private WebhookAnswer take(WebhookCall.Delivery delivery, String route, Settings settings) {
        if (!isSigned(delivery, settings.secrets())) {
            return new WebhookAnswer.Refused();
        }
        return switch (cut(delivery.body(), route, settings)) {
            case Cut.Malformed(var why) -> {
                LOG.warn("Route {} was sent what it can't take in: {}", route, why);
                yield new WebhookAnswer.Malformed(why);
            }
            case Cut.Items(var items, var passedOver) -> {
                receiver.receive(items);
                LOG.info("Route {} took {} items, and passed over {} reports", route, items.size(), passedOver);
                yield new WebhookAnswer.Taken(items.size());
            }
        };
    }
}
