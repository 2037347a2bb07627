package org.postbag.enquiries;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How filing runs.
 *
 * @param enabled false on a node that only shows, and for commands
 * @param consumers how many consumers file at once on this node, from 1
 * @param node this node's name among those that file from one Kafka; empty for the machine's own
 */
@ConfigurationProperties("postbag.filing")
record FilingSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("2") int consumers,
        @DefaultValue("") String node) {

    private static final int CONSUMERS_MAX = 64;

    FilingSettings {
        if (consumers < 1 || consumers > CONSUMERS_MAX) {
            throw new IllegalArgumentException("postbag.filing.consumers: from 1 to " + CONSUMERS_MAX);
        }
    }
}
