package org.postbag.receiving;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Where Kafka is.
 *
 * @param settings further client settings (TLS, passwords), by Kafka's own names
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> settings) {

    /** Receipts of all channels but letters; the key is the receipt id. No personal data. */
    public static final String TOPIC = "postbag.receipts";

    /** Receipts of letters, which take long to read: they hold nobody else up. */
    public static final String LETTERS_TOPIC = "postbag.letters";

    /** The group of the consumers that file. */
    public static final String FILING_GROUP = "postbag-filing";

    /** The group of the consumers that file letters. */
    public static final String LETTERS_GROUP = "postbag-letters";

    static String topic(Channel channel) {
        return channel == Channel.LETTER ? LETTERS_TOPIC : TOPIC;
    }

    public KafkaConnection {
        settings = Map.copyOf(settings);
    }

    /** A client for questions and changes that gives up after {@code wait}. Kafka refuses a whole call's limit that is shorter than one request's. */
    Admin admin(Duration wait) {
        int milliseconds = (int) wait.toMillis();
        return Admin.create(client(Map.of("request.timeout.ms", milliseconds, "default.api.timeout.ms", milliseconds)));
    }

    /** Settings for a client, with {@code more} on top. */
    public Map<String, Object> client(Map<String, Object> more) {
        var all = new HashMap<String, Object>(settings);
        all.put("bootstrap.servers", bootstrapServers);
        all.putAll(more);
        return all;
    }
}
