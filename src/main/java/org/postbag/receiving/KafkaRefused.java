package org.postbag.receiving;

import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.postbag.settings.MissingSetting;

/** Says of a Kafka that doesn't do what it must which setting is wrong. Kafka's own words are left out: they may repeat a setting. */
final class KafkaRefused {

    private static final String PREFIX = "postbag.kafka.";
    private static final String SERVERS = PREFIX + "bootstrap-servers";
    private static final String SETTINGS = PREFIX + "settings.";

    private KafkaRefused() {}

    static MissingSetting told(Throwable refused) {
        return switch (refused) {
            case UnsupportedSaslMechanismException _ ->
                new MissingSetting(SETTINGS + "sasl.mechanism", "a way to sign in that Kafka lets people use");
            case SaslAuthenticationException _ ->
                new MissingSetting(
                        SETTINGS + "sasl.jaas.config",
                        "a user of Kafka's and its password: Kafka doesn't take this one");
            case SslAuthenticationException _ ->
                new MissingSetting(
                        SETTINGS + "ssl.truststore.location",
                        "the certificate of who signed the brokers' ones: theirs isn't trusted, or is for another name");
            case TopicAuthorizationException topic ->
                user(topics(topic.unauthorizedTopics()), "create, describe, read and write");
            case GroupAuthorizationException group -> user("the consumer group " + group.groupId(), "read");
            case AuthorizationException _ -> user(topics(Set.of()), "create, describe, read and write");
            case InvalidReplicationFactorException _ ->
                new MissingSetting(PREFIX + "replicas", "no more than there are brokers");
            case UnsupportedVersionException _ -> new MissingSetting(SERVERS, "a Kafka 4: this one is too old");
            default -> unusable(refused);
        };
    }

    /** Kafka doesn't always say which. */
    private static String topics(Set<String> refused) {
        return refused.isEmpty()
                ? "the topics %s and %s".formatted(KafkaConnection.TOPIC, KafkaConnection.LETTERS_TOPIC)
                : "the topic " + String.join(", ", refused);
    }

    private static MissingSetting user(String of, String may) {
        return new MissingSetting(
                SETTINGS + "sasl.jaas.config", "a user whom Kafka's ACLs let %s %s".formatted(may, of));
    }

    /** What is wrong before anything is asked: the client can't be made. */
    private static MissingSetting unusable(Throwable refused) {
        for (var cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigException config) {
                // What the client says of the addresses names the setting; of others it may repeat the value.
                return String.valueOf(config.getMessage()).contains("bootstrap")
                        ? new MissingSetting(
                                SERVERS, "addresses of brokers such as kafka1:9092, of machines whose names are known")
                        : settings();
            }
        }
        // No answer in time is said by Kafka's own TimeoutException too, which is a KafkaException of a request.
        boolean inTheClient = refused.getClass() == KafkaException.class;
        return inTheClient
                ? settings()
                : new MissingSetting(
                        SERVERS,
                        "a Kafka that answers; one that speaks TLS or asks for a password needs " + SETTINGS
                                + "security.protocol too");
    }

    private static MissingSetting settings() {
        return new MissingSetting(
                PREFIX + "settings",
                "what Kafka's client can use: one of its values, or a file that it names, can't be read");
    }
}
