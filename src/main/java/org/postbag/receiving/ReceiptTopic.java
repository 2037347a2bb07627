package org.postbag.receiving;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of receipts are there. */
public final class ReceiptTopic {

    private static final Duration RETENTION = Duration.ofDays(30);
    private static final Duration WAIT = Duration.ofSeconds(60);

    private ReceiptTopic() {}

    /** Makes the topics unless they are there. With three replicas or more, a receipt is acknowledged by at least two. */
    public static ReceiptTopic make(KafkaConnection kafka, int partitions, short replicas) {
        make(kafka, KafkaConnection.TOPIC, partitions, replicas);
        make(kafka, KafkaConnection.LETTERS_TOPIC, partitions, replicas);
        return new ReceiptTopic();
    }

    private static void make(KafkaConnection kafka, String name, int partitions, short replicas) {
        var topic = new NewTopic(name, partitions, replicas)
                .configs(Map.of(
                        "retention.ms",
                        Long.toString(RETENTION.toMillis()),
                        "min.insync.replicas",
                        replicas >= 3 ? "2" : "1"));
        try (var admin = kafka.admin(WAIT)) {
            admin.createTopics(List.of(topic)).all().get(WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw new MissingSetting(
                        "postbag.kafka.bootstrap-servers", "a Kafka that answers and lets a topic be made");
            }
        } catch (TimeoutException away) {
            throw new MissingSetting("postbag.kafka.bootstrap-servers", "a Kafka that answers");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ReceivingUnavailable("Interrupted", interrupted);
        }
    }
}
