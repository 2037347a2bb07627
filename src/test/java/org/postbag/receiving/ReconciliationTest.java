package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.receiving.Receipts.NOON;
import static org.postbag.receiving.Receipts.id;
import static org.postbag.receiving.Receipts.receipt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.TestServers;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReconciliationTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-03");

    @TempDir
    private Path folder;

    private JdbcClient jdbc;
    private RawStore store;
    private Tallies tallies;
    private Reconciliation reconciliation;

    @BeforeEach
    void start() {
        jdbc = JdbcClient.create(TestServers.database().application());
        store = new FileRawStore(folder, new MasterKey(new byte[32]), Disk.REAL, Clock.fixed(NOON, ZoneOffset.UTC));
        tallies = new Tallies(folder);
        reconciliation = new Reconciliation(store, tallies, jdbc);
    }

    @Test
    void everyItemIsAccountedForWhateverBecameOfIt() throws Exception {
        receive(0, 20);
        repeat(0, 3);
        inDatabase("filed", 0, 10);
        inDatabase("quarantined", 10, 12);
        inDatabase("discarded", 12, 13);
        inDatabase("waiting", 13, 15);

        assertThat(reconciliation.between(TODAY, TODAY)).singleElement().satisfies(day -> {
            assertThat(day.received()).isEqualTo(23);
            assertThat(day.filed()).isEqualTo(10);
            assertThat(day.known()).isEqualTo(3);
            assertThat(day.quarantined()).isEqualTo(2);
            assertThat(day.discarded()).isEqualTo(1);
            // Two that a replay left waiting, and five that only the raw store knows.
            assertThat(day.waiting()).isEqualTo(7);
            assertThat(day.addsUp()).isTrue();
        });
    }

    @Test
    void whatWasErasedIsOnNeitherSide() throws Exception {
        receive(0, 5);
        inDatabase("filed", 0, 3);
        inDatabase("erased", 3, 5);
        store.erase(id(3), Channel.EMAIL);
        // The raw file of the other is still to go.
        assertThat(reconciliation.between(TODAY, TODAY)).singleElement().satisfies(day -> {
            assertThat(day.received()).isEqualTo(3);
            assertThat(day.addsUp()).isTrue();
        });
    }

    @Test
    void aRawFileThatIsGoneIsNamed() throws Exception {
        receive(0, 5);
        inDatabase("filed", 0, 5);
        store.erase(id(2), Channel.EMAIL);
        assertThat(reconciliation.between(TODAY, TODAY)).singleElement().satisfies(day -> {
            assertThat(day.missing()).containsExactly(id(2));
            assertThat(day.addsUp()).isFalse();
        });
    }

    @Test
    void anItemThatOnlyTheTallyKnowsIsMissed() throws Exception {
        receive(0, 5);
        inDatabase("filed", 0, 4);
        store.erase(id(4), Channel.EMAIL);
        assertThat(reconciliation.between(TODAY, TODAY)).singleElement().satisfies(day -> {
            assertThat(day.received()).isEqualTo(5);
            assertThat(day.addsUp()).isFalse();
        });
    }

    @Test
    void aCrashBeforeTheTallyChangesNothing() throws Exception {
        store.putIfAbsent(receipt(0), new byte[5]);
        inDatabase("filed", 0, 1);
        assertThat(reconciliation.between(TODAY, TODAY))
                .singleElement()
                .satisfies(day -> assertThat(day.addsUp()).isTrue());
        repeat(0, 1);
        assertThat(reconciliation.between(TODAY, TODAY))
                .singleElement()
                .satisfies(day -> assertThat(day.addsUp()).isTrue());
    }

    @Test
    void anItemThatIsRecordedUnderAnotherDayIsKnownHere() throws Exception {
        // It was erased by the law, and came again on the next day.
        inDatabase("erased", 0, 1);
        var tomorrow = NOON.plus(Duration.ofDays(1));
        var again = receipt(0, tomorrow);
        store.putIfAbsent(again, new byte[5]);
        tallies.add(List.of(new Acknowledgement(again, false)), tomorrow);

        assertThat(reconciliation.between(TODAY.plusDays(1), TODAY.plusDays(1)))
                .singleElement()
                .satisfies(day -> {
                    assertThat(day.received()).isEqualTo(1);
                    assertThat(day.known()).isEqualTo(1);
                    assertThat(day.addsUp()).isTrue();
                });
    }

    @Test
    void numbersAddUpWhileThingsComeIn() throws Exception {
        try (var coming = Executors.newSingleThreadExecutor()) {
            var done = coming.submit(() -> {
                for (int n = 0; n < 300; n++) {
                    receive(n, n + 1);
                    inDatabase(n % 3 == 0 ? "quarantined" : "filed", n, n + 1);
                }
                return true;
            });
            do {
                assertThat(reconciliation.between(TODAY, TODAY))
                        .allSatisfy(
                                day -> assertThat(day.addsUp()).as("%s", day).isTrue());
            } while (!done.isDone());
            assertThat(done.get()).isTrue();
        }
        assertThat(reconciliation.between(TODAY, TODAY).getFirst().received()).isEqualTo(300);
    }

    @Test
    void aLineThatACrashCutShortIsNotCounted() throws Exception {
        receive(0, 12);
        var file = folder.resolve("email").resolve(TODAY + ".tally");
        var whole = Files.readString(file);
        Files.writeString(file, whole + whole.substring(0, whole.length() - 2));
        receive(12, 14);
        assertThat(tallies.count(Channel.EMAIL, TODAY)).isEqualTo(new Tallies.Count(14, 0));
    }

    @Test
    void howFarFilingIsBehindIsKnown() {
        ReceiptTopic.make(TestServers.kafka(), 4, (short) 1);
        assertThat(new FilingLag(TestServers.kafka()).receipts()).isNotNegative();
    }

    @Test
    void receiptsThatTheDatabaseDoesNotKnowAreSentAgainOnceTheyAreOldEnough() throws Exception {
        ReceiptTopic.make(TestServers.kafka(), 4, (short) 1);
        receive(0, 5);
        inDatabase("filed", 0, 3);
        assertThat(sendSince(NOON.plusSeconds(30))).isZero();

        assertThat(sendSince(NOON.plusSeconds(90))).isEqualTo(2);

        assertThat(sent()).contains(id(3).hex(), id(4).hex());
    }

    private int sendSince(Instant now) throws IOException {
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        try (var receiver = new KafkaReceiver(
                store, new IdentityKey(new byte[32]), tallies, TestServers.kafka(), clock, Origins.UNTOLD)) {
            return new ReceiptsSentAgain(store, reconciliation, new FilingLag(TestServers.kafka()), receiver, clock)
                    .sendSince(TODAY);
        }
    }

    private void receive(int from, int to) throws IOException {
        for (int n = from; n < to; n++) {
            store.putIfAbsent(receipt(n), new byte[5]);
        }
        tallies.add(acknowledged(from, to, false), NOON);
    }

    private void repeat(int from, int to) throws IOException {
        tallies.add(acknowledged(from, to, true), NOON);
    }

    private static List<Acknowledgement> acknowledged(int from, int to, boolean known) {
        return IntStream.range(from, to)
                .mapToObj(n -> new Acknowledgement(receipt(n), known))
                .toList();
    }

    private void inDatabase(String state, int from, int to) {
        for (int n = from; n < to; n++) {
            jdbc.sql("""
                            insert into receipt (id, reference, channel, route, direction, received_at, size, state)
                            values (:id, :reference, 'email', 'enquiries-mailbox', 'inbound', :at, 5, :state)
                            """)
                    .param("id", id(n).hex())
                    .param("reference", id(n).reference().value())
                    .param("at", NOON.atOffset(ZoneOffset.UTC))
                    .param("state", state)
                    .update();
        }
    }

    private static HashSet<String> sent() {
        var settings = TestServers.kafka().client(java.util.Map.of());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(KafkaConnection.TOPIC).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var ids = new HashSet<String>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> ids.add(r.key()));
            }
            return ids;
        }
    }
}
