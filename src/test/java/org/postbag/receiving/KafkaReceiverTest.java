package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.TestServers;

class KafkaReceiverTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-03T09:00:00.123456Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void whatIsAcknowledgedIsInTheStoreAndInKafkaAndARepeatIsAnsweredAlike() throws Exception {
        ReceiptTopic.make(TestServers.kafka(), 4, (short) 1);
        var tallies = new Tallies(folder.resolve("tallies"));
        var store = new FileRawStore(folder, new MasterKey(new byte[32]), Disk.REAL);
        try (var receiver =
                new KafkaReceiver(store, new IdentityKey(new byte[32]), tallies, TestServers.kafka(), CLOCK)) {
            var arrivals = IntStream.range(0, 200)
                    .mapToObj(n -> Identity.mail(
                            "mailbox",
                            Direction.INBOUND,
                            ("Message-ID: <" + n + "@x>\n\nText").getBytes(StandardCharsets.UTF_8)))
                    .toList();
            var first = receiver.receive(arrivals);
            var again = receiver.receive(arrivals);

            assertThat(first).allMatch(a -> !a.known()).hasSize(200);
            assertThat(again).allMatch(Acknowledgement::known);
            assertThat(again)
                    .extracting(Acknowledgement::receipt)
                    .isEqualTo(first.stream().map(Acknowledgement::receipt).toList());
            assertThat(first.getFirst().receipt().receivedAt()).isEqualTo(Instant.parse("2026-03-03T09:00:00.123Z"));
            for (int i = 0; i < 200; i++) {
                assertThat(store.read(first.get(i).receipt().id(), Channel.EMAIL))
                        .contains(arrivals.get(i).content());
            }
            assertThat(tallies.count(Channel.EMAIL, Tallies.day(CLOCK.instant())))
                    .isEqualTo(new Tallies.Count(400, 200));
            assertThat(tallies.days(Channel.EMAIL)).hasSize(1);
            assertThat(sentIds())
                    .containsAll(first.stream().map(a -> a.receipt().id().hex()).toList());
        }
    }

    @Test
    void withKafkaAwayNothingIsAcknowledged() {
        var away = new KafkaConnection("127.0.0.1:1", Map.of());
        var store = new FileRawStore(folder, new MasterKey(new byte[32]), Disk.REAL);
        try (var receiver = new KafkaReceiver(store, new IdentityKey(new byte[32]), new Tallies(folder), away, CLOCK)) {
            assertThatThrownBy(() -> receiver.receive(List.of(Identity.mail("m", Direction.INBOUND, new byte[] {1}))))
                    .isInstanceOf(ReceivingUnavailable.class);
        }
    }

    private static Set<String> sentIds() {
        var ids = new HashSet<String>();
        try (var consumer = new KafkaConsumer<>(
                TestServers.kafka().client(Map.of("group.id", "receiver-test", "auto.offset.reset", "earliest")),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(KafkaConnection.TOPIC));
            for (int polls = 0; polls < 30 && ids.size() < 200; polls++) {
                consumer.poll(Duration.ofMillis(500))
                        .forEach(
                                r -> ids.add(ReceiptCodec.decode(r.value()).id().hex()));
            }
        }
        return ids;
    }
}
