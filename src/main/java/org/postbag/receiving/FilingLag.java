package org.postbag.receiving;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/** How many receipts lie in Kafka that filing has not yet committed. */
@Component
public class FilingLag {

    private static final Duration WAIT = Duration.ofSeconds(20);

    private final KafkaConnection kafka;

    FilingLag(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /** @throws ReceivingUnavailable if Kafka is away */
    public long receipts() {
        try (var admin = kafka.admin(WAIT)) {
            return receipts(admin, KafkaConnection.TOPIC, KafkaConnection.FILING_GROUP)
                    + receipts(admin, KafkaConnection.LETTERS_TOPIC, KafkaConnection.LETTERS_GROUP);
        }
    }

    private static long receipts(Admin admin, String topic, String group) {
        var partitions = new HashMap<TopicPartition, OffsetSpec>();
        await(admin.describeTopics(List.of(topic)).allTopicNames())
                .values()
                .forEach(one -> one.partitions()
                        .forEach(p ->
                                partitions.put(new TopicPartition(one.name(), p.partition()), OffsetSpec.latest())));
        var ends = await(admin.listOffsets(partitions).all());
        partitions.replaceAll((partition, spec) -> OffsetSpec.earliest());
        var begins = await(admin.listOffsets(partitions).all());
        var committed = await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        long lag = 0;
        for (var end : ends.entrySet()) {
            var done = committed.get(end.getKey());
            var begin = begins.get(end.getKey());
            long from = done != null ? done.offset() : begin != null ? begin.offset() : 0;
            lag += Math.max(0, end.getValue().offset() - from);
        }
        return lag;
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException away) {
            throw new ReceivingUnavailable("Kafka is away", away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ReceivingUnavailable("Interrupted", interrupted);
        }
    }
}
