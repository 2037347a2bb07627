package org.postbag.receiving;

import java.util.HashMap;
import java.util.Map;

/**
 * Where Kafka is.
 *
 * @param settings further client settings (TLS, passwords), by Kafka's own names
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> settings) {

    /** Receipts of all channels; the key is the receipt id. No personal data. */
    public static final String TOPIC = "postbag.receipts";

    /** The group of the consumers that file. */
    public static final String FILING_GROUP = "postbag-filing";

    public KafkaConnection {
        settings = Map.copyOf(settings);
    }

    /** Settings for a client, with {@code more} on top. */
    public Map<String, Object> client(Map<String, Object> more) {
        var all = new HashMap<String, Object>(settings);
        all.put("bootstrap.servers", bootstrapServers);
        all.putAll(more);
        return all;
    }
}
