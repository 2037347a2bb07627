package org.postbag.receiving.exports;

import java.io.File;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The step of a route that takes a file of a watched folder. The connector names the profile in the exchange's property {@code profile}. */
class ExportFolder implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ExportFolder.class);

    private final ExportTaker taker;

    ExportFolder(ExportTaker taker) {
        this.taker = taker;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        take(
                Objects.requireNonNull(exchange.getMessage().getBody(File.class), "a file of a folder")
                        .toPath(),
                exchange);
    }

    /** @return whether it is gone from its folder, since all of it is durable */
    boolean take(Path file, Exchange exchange) throws IOException {
        var route = Objects.requireNonNull(exchange.getFromRouteId(), "the route");
        var profile = Objects.requireNonNull(exchange.getProperty("profile", String.class), "the connector's profile");
        try {
            var outcome = taker.take(file, route, profile);
            switch (outcome) {
                case TAKEN -> LOG.info("Route {} took an export", route);
                case HELD -> LOG.warn("Route {} holds an export that doesn't fit its profile: see Quarantine", route);
                case LEFT -> LOG.debug("Route {} leaves an export that is still written", route);
            }
            return outcome != ExportTaker.Outcome.LEFT;
        } catch (NoSuchFileException gone) {
            LOG.info("Route {} found that an export was taken away before it was read", route);
            return false;
        }
    }
}
