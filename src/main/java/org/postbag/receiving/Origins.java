package org.postbag.receiving;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** What a receipt says of the program that took its item in. */
final class Origins {

    static final Origins UNTOLD = new Origins(null, _ -> null);

    private static final Logger LOG = LoggerFactory.getLogger(Origins.class);

    private final @Nullable String node;
    private final Function<String, @Nullable Integer> versions;

    /** @param node what this machine is called; blank: as it calls itself */
    Origins(String node, ObjectProvider<RouteVersions> versions) {
        this(
                node.isBlank() ? machine() : node,
                route -> versions.stream()
                        .map(kept -> kept.inForce(route))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    private Origins(@Nullable String node, Function<String, @Nullable Integer> versions) {
        this.node = node;
        this.versions = versions;
    }

    Receipt.@Nullable Origin of(String route) {
        return node == null ? null : new Receipt.Origin(node, version(route));
    }

    /** An item is taken in whether or not this can be told. */
    private @Nullable Integer version(String route) {
        try {
            return versions.apply(route);
        } catch (RuntimeException unknown) {
            LOG.debug("The version of route {} can't be told", route, unknown);
            return null;
        }
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "node";
        }
    }
}
