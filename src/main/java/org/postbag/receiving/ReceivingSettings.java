package org.postbag.receiving;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where what comes in is kept. Keys are 64 hexadecimal digits, given themselves (from the environment) or by a file.
 *
 * @param rawFolder of the raw store; {@code raw} in the data folder unless set
 */
@ConfigurationProperties("postbag")
record ReceivingSettings(
        @DefaultValue("data") Path data,
        @Nullable Path rawFolder,
        @Nullable String masterKey,
        @Nullable Path masterKeyFile,
        @Nullable String identityKey,
        @Nullable Path identityKeyFile,
        @DefaultValue Kafka kafka) {

    /**
     * @param replicas of the topic of receipts; in production three
     * @param settings further client settings (TLS, passwords), by Kafka's own names
     */
    record Kafka(
            @Nullable String bootstrapServers,
            @DefaultValue("4") int partitions,
            @DefaultValue("3") short replicas,
            @DefaultValue Map<String, String> settings) {}

    Path raw() {
        return rawFolder == null ? data.resolve("raw") : rawFolder;
    }
}
