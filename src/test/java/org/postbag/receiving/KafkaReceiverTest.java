package org.postbag.receiving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.SampleMails;
import org.postbag.TestServers;

class KafkaReceiverTest {

    private static final Clock CLOCK = Clock.fixed(Receipts.NOON, ZoneOffset.UTC);
    private static final LocalDate TODAY = LocalDate.parse("2026-03-03");

    @TempDir
    private Path folder;

    private Disk disk = Disk.REAL;
    // Ids of its own, since the topic is shared with other tests.
    private final byte[] identity =
            UUID.randomUUID().toString().substring(0, 32).getBytes(UTF_8);

    @Test
    void itemsOfOnePollAreDurableAndTheirReceiptsInKafka() throws Exception {
        ReceiptTopic.make(TestServers.kafka(), 4, (short) 1);
        try (var receiver = receiver(TestServers.kafka())) {
            var acknowledged = receiver.receive(mails(0, 200));

            assertThat(acknowledged).hasSize(200).noneMatch(Acknowledgement::known);
            var inKafka = receipts(TestServers.kafka());
            for (int n = 0; n < 200; n++) {
                var receipt = acknowledged.get(n).receipt();
                assertThat(inKafka).containsEntry(receipt.id().hex(), receipt);
                assertThat(store().read(receipt.id(), Channel.EMAIL)).hasValue(SampleMails.mail(3, n, 9));
            }
            assertThat(tallies().count(Channel.EMAIL, TODAY)).isEqualTo(new Tallies.Count(200, 0));
        }
    }

    @Test
    void aRepeatIsKnownAndAnsweredAlike() throws Exception {
        ReceiptTopic.make(TestServers.kafka(), 4, (short) 1);
        try (var receiver = receiver(TestServers.kafka())) {
            var first = receiver.receive(mails(0, 5));
            var second = receiver.receive(mails(3, 8));

            assertThat(second).extracting(Acknowledgement::known).containsExactly(true, true, false, false, false);
            assertThat(second.getFirst().receipt()).isEqualTo(first.get(3).receipt());
            assertThat(tallies().count(Channel.EMAIL, TODAY)).isEqualTo(new Tallies.Count(10, 2));
            var twice = receiver.receive(
                    List.of(mails(9, 10).getFirst(), mails(9, 10).getFirst()));
            assertThat(twice).extracting(Acknowledgement::known).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void whileKafkaIsAwayNothingIsAcknowledgedAndNothingIsLost() throws Exception {
        try (var receiver = receiver(new KafkaConnection("127.0.0.1:1", Map.of()))) {
            assertThatThrownBy(() -> receiver.receive(mails(0, 3))).isInstanceOf(ReceivingUnavailable.class);
            assertThat(tallies().count(Channel.EMAIL, TODAY)).isEqualTo(Tallies.Count.NONE);
        }
        ReceiptTopic.make(TestServers.kafka(), 4, (short) 1);
        try (var receiver = receiver(TestServers.kafka())) {
            var acknowledged = receiver.receive(mails(0, 3));
            var inKafka = receipts(TestServers.kafka());
            assertThat(acknowledged)
                    .allSatisfy(a ->
                            assertThat(inKafka).containsKey(a.receipt().id().hex()));
        }
    }

    @Test
    void whileTheRawStoreIsAwayNothingIsAcknowledged() throws Exception {
        disk = new Disk() {
            @Override
            public void fsyncFolder(Path anyFolder) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (var receiver = receiver(TestServers.kafka())) {
            assertThatThrownBy(() -> receiver.receive(mails(0, 3))).isInstanceOf(ReceivingUnavailable.class);
        }
        assertThat(tallies().count(Channel.EMAIL, TODAY)).isEqualTo(Tallies.Count.NONE);
    }

    @Test
    void anItemThatIsTooLargeIsRefusedWhole() {
        try (var receiver = receiver(TestServers.kafka())) {
            var large = new Arrival(
                    Channel.EMAIL,
                    Direction.INBOUND,
                    "r",
                    new byte[1],
                    null,
                    null,
                    null,
                    null,
                    new byte[Receiver.CONTENT_BYTES_MAX + 1]);
            assertThatThrownBy(() -> receiver.receive(List.of(mails(0, 1).getFirst(), large)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private KafkaReceiver receiver(KafkaConnection kafka) {
        return new KafkaReceiver(
                store(), new IdentityKey(identity), tallies(), kafka, CLOCK, Duration.ofMillis(1_500), Origins.UNTOLD);
    }

    private RawStore store() {
        return new FileRawStore(folder, new MasterKey(new byte[32]), disk, CLOCK);
    }

    private Tallies tallies() {
        return new Tallies(folder);
    }

    private static List<Arrival> mails(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> Identity.mail("enquiries-mailbox", Direction.INBOUND, SampleMails.mail(3, n, 9)))
                .toList();
    }

    private static Map<String, Receipt> receipts(KafkaConnection kafka) {
        var settings = kafka.client(Map.of("auto.offset.reset", "earliest"));
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = new ArrayList<org.apache.kafka.common.TopicPartition>();
            consumer.partitionsFor(KafkaConnection.TOPIC)
                    .forEach(p -> partitions.add(new org.apache.kafka.common.TopicPartition(p.topic(), p.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var receipts = new HashMap<String, Receipt>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(r -> receipts.put(r.key(), ReceiptCodec.decode(r.value())));
            }
            return receipts;
        }
    }
}
