package org.postbag;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postbag.embedded.KafkaBroker;
import org.postbag.embedded.LoopbackPorts;
import org.postbag.embedded.PostgresServer;
import org.postbag.receiving.KafkaConnection;

/**
 * The real servers that tests run against, started once a JVM and stopped at its end: in {@link Containers} where there can be some, else as processes. Each {@link #database()} is a new one, migrated, seen through
 * the application's role; each {@link #kafka()} is the same broker, so tests use topics or groups of their own.
 */
public final class TestServers {

    private static final int POSTGRES_PORT = 5432;
    private static final int KAFKA_PORT = 9092;
    private static final long SHARED_MEMORY_BYTES = 256L * 1024 * 1024;
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServers() {}

    /** A PostgreSQL with its owner and the application's role. */
    private record Postgres(String url, String ownerPassword, String applicationPassword) {

        static final Postgres SERVER = container().orElseGet(Postgres::process);

        private static Optional<Postgres> container() {
            var password = UUID.randomUUID().toString();
            return Containers.started(
                            "PostgreSQL",
                            "postbag.test.postgres.image",
                            "a process from the binaries that try mode runs",
                            container -> container
                                    .withExposedPorts(POSTGRES_PORT)
                                    .withEnv("POSTGRES_PASSWORD", password)
                                    .withSharedMemorySize(SHARED_MEMORY_BYTES)
                                    .withCommand("postgres", "-c", "max_connections=300"))
                    .map(container -> {
                        var url = "jdbc:postgresql://%s:%d/%s"
                                .formatted(
                                        container.getHost(),
                                        container.getMappedPort(POSTGRES_PORT),
                                        PostgresServer.OWNER);
                        var server = new Postgres(url, password, password);
                        server.makeRole();
                        return server;
                    });
        }

        private static Postgres process() {
            try {
                var folder = Files.createTempDirectory("postbag-test-postgres");
                var server = PostgresServer.start(folder);
                atEnd(server, folder);
                return new Postgres(server.url(), server.ownerPassword(), server.applicationPassword());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Connection owner() throws SQLException {
            return DriverManager.getConnection(url, PostgresServer.OWNER, ownerPassword);
        }

        /** As soon as it answers: its first start takes a while. */
        private void makeRole() {
            await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> owner().close());
            try (var connection = owner();
                    var statement = connection.createStatement()) {
                statement.execute(
                        "create role " + PostgresServer.APPLICATION + " login password '" + applicationPassword + "'");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Kafka {

        static final String SERVERS = container().orElseGet(Kafka::process);

        /** A broker says itself where it is, so its port is chosen before it starts. */
        private static Optional<String> container() {
            int port = freePort();
            return Containers.started(
                            "Kafka", "postbag.test.kafka.image", "a broker within this process", container -> {
                                container.withExposedPorts(KAFKA_PORT).withEnv(kafkaSettings(port));
                                container.setPortBindings(List.of(port + ":" + KAFKA_PORT));
                            })
                    .map(container -> container.getHost() + ":" + port);
        }

        private static String process() {
            try {
                var folder = Files.createTempDirectory("postbag-test-kafka");
                var broker = KafkaBroker.start(folder);
                atEnd(broker, folder);
                return broker.bootstrapServers();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Map<String, String> kafkaSettings(int port) {
        return Map.ofEntries(
                Map.entry("KAFKA_NODE_ID", "1"),
                Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
                Map.entry("KAFKA_LISTENERS", "PLAINTEXT://:" + KAFKA_PORT + ",CONTROLLER://:9093"),
                Map.entry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://localhost:" + port),
                Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                Map.entry("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
                Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"));
    }

    private static int freePort() {
        try {
            return LoopbackPorts.any();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database as the program finds it. */
    public record Database(
            String url, String ownerPassword, String applicationPassword, DataSource owner, DataSource application) {}

    /** A new, migrated database. */
    public static Database database() {
        var server = Postgres.SERVER;
        var name = "test" + DATABASES.incrementAndGet();
        try (var connection = server.owner();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        var url = server.url().replaceAll("/[^/]*$", "/" + name);
        var owner = pool(url, PostgresServer.OWNER, server.ownerPassword(), 2);
        Flyway.configure()
                .dataSource(owner)
                .placeholders(Map.of("app_role", PostgresServer.APPLICATION))
                .load()
                .migrate();
        return new Database(
                url,
                server.ownerPassword(),
                server.applicationPassword(),
                owner,
                pool(url, PostgresServer.APPLICATION, server.applicationPassword(), 12));
    }

    public static KafkaConnection kafka() {
        return new KafkaConnection(Kafka.SERVERS, Map.of());
    }

    private static DataSource pool(String url, String user, String password, int size) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(10_000);
        return pool;
    }

    private static void atEnd(AutoCloseable server, Path folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (server) {
                // closed by the try
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                org.springframework.util.FileSystemUtils.deleteRecursively(folder.toFile());
            }
        }));
    }
}
