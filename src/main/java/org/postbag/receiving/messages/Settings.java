package org.postbag.receiving.messages;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.postbag.receiving.SecretValues;

/** What the connector of a route sets, as properties of its exchanges. */
record Settings(Exchange exchange, SecretValues values) {

    /** Empty where it is not set. */
    String text(String name) {
        return Objects.requireNonNullElse(exchange.getProperty(name, String.class), "");
    }

    /** What is a secret, or was before secrets had names. */
    String secret(String name) {
        return values.reveal(text(name));
    }

    /** Those between commas. */
    List<String> list(String name) {
        return Arrays.stream(text(name).split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** One, or two while the old one is being replaced. */
    List<String> secrets() {
        return list("secrets").stream()
                .flatMap(one -> Arrays.stream(values.reveal(one).split(",")))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    String route() {
        return Objects.requireNonNull(exchange.getFromRouteId(), "the route");
    }
}
