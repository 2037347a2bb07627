package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.TestServers;
import org.postbag.receiving.Channel;
import org.postbag.receiving.KafkaConnection;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptCodec;
import org.postbag.receiving.ReceiptId;

class FilingConsumerTest {

    private static final Duration WAIT = Duration.ofSeconds(90);

    private final String topic = "filing-" + UUID.randomUUID();
    private final KafkaConnection kafka = TestServers.kafka();
    private final TestItems items = new TestItems();
    private final Set<ReceiptId> filed = ConcurrentHashMap.newKeySet();
    private final List<FilingConsumer> consumers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    @BeforeEach
    void makeTopic() throws Exception {
        try (var admin = Admin.create(kafka.client(Map.of()))) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        consumers.forEach(FilingConsumer::stop);
        for (var thread : threads) {
            thread.join(WAIT);
        }
    }

    @Test
    void whileAServerIsAwayItPausesAndThenGoesOn() {
        var away = new AtomicInteger(4);
        start(kafka, "one", batch -> {
            if (away.getAndDecrement() > 0) {
                throw new ServerAway(new IllegalStateException("as PostgreSQL that is away"));
            }
            file(batch);
        });
        send(0, 20);
        await().atMost(WAIT).until(() -> filed.size() == 20);

        send(20, 40);
        await().atMost(WAIT).until(() -> filed.size() == 40);
        awaitCommitted(40);
    }

    @Test
    void aBatchThatTakesLongerThanKafkaAllowsIsFiledAndTheConsumerGoesOn() {
        var impatient = new KafkaConnection(kafka.bootstrapServers(), Map.of("max.poll.interval.ms", "1000"));
        var first = new AtomicInteger(1);
        start(impatient, "one", batch -> {
            if (first.getAndDecrement() == 1) {
                await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            }
            file(batch);
        });
        send(0, 20);
        await().atMost(WAIT).until(() -> filed.size() == 20);

        send(20, 40);
        await().atMost(WAIT).until(() -> filed.size() == 40);
        awaitCommitted(40);
    }

    @Test
    void aConsumerThatVanishedIsReplacedUnderItsNameAtOnce() {
        start(kafka, "one", batch -> {
            // It never returns to Kafka, as one that was killed.
            await().atMost(WAIT).until(() -> filed.size() == 20);
        });
        send(0, 20);
        start(kafka, "one", this::file);

        await().atMost(WAIT).until(() -> filed.size() == 20);
        awaitCommitted(20);
    }

    @Test
    void whatIsNoReceiptIsLeftOutAndCommitted() {
        start(kafka, "one", this::file);
        send("junk", new byte[] {1, 2, 3});

        awaitCommitted(1);
        assertThat(filed).isEmpty();
    }

    private void file(List<Receipt> batch) {
        batch.forEach(receipt -> filed.add(receipt.id()));
    }

    private void start(KafkaConnection connection, String instance, Consumer<List<Receipt>> filer) {
        var consumer = new FilingConsumer(connection, topic, topic, instance, filer);
        consumers.add(consumer);
        threads.add(Thread.ofPlatform().daemon().start(() -> {
            try {
                consumer.run();
            } catch (org.apache.kafka.common.errors.FencedInstanceIdException replaced) {
                // Another took its name, as after a kill.
            }
        }));
    }

    private void send(int from, int to) {
        for (int i = from; i < to; i++) {
            var receipt = items.item("item" + i, TestItems.Spec.of(Channel.EMAIL, START));
            send(receipt.id().hex(), ReceiptCodec.encode(receipt));
        }
    }

    private void send(String key, byte[] value) {
        try (var producer = new KafkaProducer<>(
                kafka.client(Map.of("acks", "all")), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value));
        }
    }

    private void awaitCommitted(long count) {
        try (var admin = Admin.create(kafka.client(Map.of()))) {
            await().atMost(WAIT).until(() -> committed(admin) == count);
        }
    }

    private long committed(Admin admin) throws Exception {
        var offsets = admin.listConsumerGroupOffsets(topic)
                .partitionsToOffsetAndMetadata()
                .get();
        long sum = 0;
        for (int partition = 0; partition < 2; partition++) {
            var offset = offsets.get(new TopicPartition(topic, partition));
            sum += offset == null ? 0 : offset.offset();
        }
        return sum;
    }
}
