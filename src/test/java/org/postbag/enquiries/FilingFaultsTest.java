package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.Postbag;
import org.postbag.SampleMails;
import org.postbag.embedded.KafkaBroker;
import org.postbag.embedded.LoopbackPorts;
import org.postbag.embedded.PostgresServer;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Identity;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.ReceivingUnavailable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** PostgreSQL, Kafka and the disk go away one after the other while items come in: filing pauses, goes on, loses nothing and files nothing twice. */
class FilingFaultsTest {

    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final Duration SENDER_WAIT = Duration.ofMillis(50);
    private static final int BATCH = 10;
    private static final int SOME = 5 * BATCH;

    @TempDir
    private static Path folder;

    private static int postgresPort;
    private static int kafkaPort;
    private static int controllerPort;
    private static PostgresServer postgres;
    private static KafkaBroker kafka;
    private static ConfigurableApplicationContext program;

    /** What all tests of this class had acknowledged. */
    private static final Set<String> ACKNOWLEDGED = ConcurrentHashMap.newKeySet();

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final AtomicInteger refused = new AtomicInteger();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private volatile boolean sending;
    private Thread sender = new Thread();

    @BeforeAll
    static void start() throws IOException {
        postgresPort = LoopbackPorts.any();
        kafkaPort = LoopbackPorts.any();
        controllerPort = LoopbackPorts.any();
        postgres = startPostgres();
        kafka = startKafka();
        program = new SpringApplicationBuilder(Postbag.class)
                .run(
                        "--server.port=0",
                        "--postbag.data=" + folder.resolve("data"),
                        "--postbag.routes=" + Files.createDirectories(folder.resolve("no-routes")),
                        "--postbag.connectors=" + folder.resolve("no-routes"),
                        "--postbag.master-key=" + "01".repeat(32),
                        "--postbag.identity-key=" + "02".repeat(32),
                        "--postbag.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--postbag.kafka.replicas=1",
                        "--spring.datasource.url=" + postgres.url(),
                        "--spring.datasource.username=" + PostgresServer.APPLICATION,
                        "--spring.datasource.password=" + postgres.applicationPassword(),
                        "--spring.datasource.hikari.connection-timeout=2000",
                        "--spring.flyway.url=" + postgres.url(),
                        "--spring.flyway.user=" + PostgresServer.OWNER,
                        "--spring.flyway.password=" + postgres.ownerPassword());
    }

    @AfterAll
    static void stop() throws IOException {
        program.close();
        kafka.close();
        postgres.close();
    }

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stopSending() throws InterruptedException {
        logger().detachAppender(log);
        sending = false;
        sender.join(WAIT);
    }

    @Test
    void postgresIsStoppedAndStarted() throws Exception {
        send();
        awaitAcknowledged(SOME);

        postgres.close();
        awaitPause("ConnectException");
        awaitAcknowledged(SOME);
        postgres = startPostgres();

        awaitAllFiled();
        assertThat(refused).as("what comes in is taken in all the same").hasValue(0);
    }

    @Test
    void kafkaIsStoppedAndStarted() throws Exception {
        send();
        awaitAcknowledged(SOME);

        kafka.close();
        kafka = startKafka();

        awaitAcknowledged(SOME);
        awaitAllFiled();
    }

    @Test
    void theRawStoreCannotBeRead() throws Exception {
        var raw = folder.resolve("data/raw");
        send();
        awaitAcknowledged(SOME);
        postgres.close();
        awaitAcknowledged(SOME);
        Files.move(raw, raw.resolveSibling("raw-away"));
        Files.createFile(raw);
        postgres = startPostgres();
        awaitPause("IOException at org.postbag.receiving.FileRawStore");
        await().atMost(WAIT).until(() -> refused.get() > 0);

        Files.delete(raw);
        Files.move(raw.resolveSibling("raw-away"), raw);

        awaitAllFiled();
    }

    @Test
    void theRawStoreIsNotMounted() throws Exception {
        var raw = folder.resolve("data/raw");
        postgres.close();
        send();
        awaitAcknowledged(SOME);
        stopSending();
        listen();
        Files.move(raw, raw.resolveSibling("raw-away"));
        postgres = startPostgres();
        awaitPause("IOException at org.postbag.receiving.FileRawStore");

        Files.move(raw.resolveSibling("raw-away"), raw);

        awaitAllFiled();
    }

    @Test
    void aDamagedRawFileHoldsNobodyUp() throws Exception {
        postgres.close();
        send();
        awaitAcknowledged(SOME);
        stopSending();
        var before = new HashSet<>(ACKNOWLEDGED);
        var damaged = damageOne();
        ACKNOWLEDGED.remove(damaged);
        postgres = startPostgres();

        awaitAllFiled();

        assertThat(before).contains(damaged);
        var sql = program.getBean(JdbcClient.class);
        assertThat(sql.sql("select reason_code from quarantine where receipt_id = ?")
                        .param(damaged)
                        .query(String.class)
                        .single())
                .isEqualTo("raw-damaged");
    }

    /** The newest: it is not filed yet. */
    private static String damageOne() throws IOException {
        try (var files = Files.walk(folder.resolve("data/raw/email"))) {
            var newest = files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}"))
                    .max((a, b) ->
                            Long.compare(a.toFile().lastModified(), b.toFile().lastModified()))
                    .orElseThrow();
            var bytes = Files.readAllBytes(newest);
            bytes[bytes.length - 1] ^= 1;
            Files.write(newest, bytes);
            return newest.getFileName().toString();
        }
    }

    private static PostgresServer startPostgres() throws IOException {
        return PostgresServer.start(folder.resolve("postgres"), postgresPort);
    }

    private static KafkaBroker startKafka() throws IOException {
        return KafkaBroker.start(folder.resolve("kafka"), kafkaPort, controllerPort);
    }

    /** Sends in batches, as a poll of a mailbox does, and each again until it is acknowledged. */
    private void send() {
        sending = true;
        sender = Thread.ofPlatform().start(() -> {
            var receiver = program.getBean(Receiver.class);
            while (sending) {
                var batch = new ArrayList<Arrival>();
                for (int i = 0; i < BATCH; i++) {
                    batch.add(Identity.mail(
                            "test", Direction.INBOUND, SampleMails.mail(1, NUMBER.getAndIncrement(), 20)));
                }
                while (!taken(receiver, List.copyOf(batch)) && sending) {
                    LockSupport.parkNanos(SENDER_WAIT.toNanos());
                }
                LockSupport.parkNanos(SENDER_WAIT.toNanos());
            }
        });
    }

    private boolean taken(Receiver receiver, List<Arrival> batch) {
        try {
            receiver.receive(batch)
                    .forEach(one -> ACKNOWLEDGED.add(one.receipt().id().hex()));
            return true;
        } catch (ReceivingUnavailable notNow) {
            refused.incrementAndGet();
            return false;
        }
    }

    private static void awaitAcknowledged(int more) {
        int before = ACKNOWLEDGED.size();
        await().atMost(WAIT).until(() -> ACKNOWLEDGED.size() >= before + more);
    }

    private void awaitPause(String why) {
        await().atMost(WAIT)
                .until(() -> log.list.stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .anyMatch(said -> said.startsWith("Filing pauses") && said.contains(why)));
    }

    private void awaitAllFiled() throws InterruptedException {
        sending = false;
        sender.join(WAIT);
        var sql = program.getBean(JdbcClient.class);
        await().atMost(WAIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(sql.sql("select receipt_id from enquiry")
                                .query(String.class)
                                .list())
                        .containsAll(ACKNOWLEDGED)
                        .doesNotHaveDuplicates());
        // The test of a damaged file is the only one that puts something there.
        assertThat(sql.sql("select reason_code from quarantine where reason_code <> 'raw-damaged'")
                        .query(String.class)
                        .list())
                .isEmpty();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(FilingConsumer.class);
    }
}
