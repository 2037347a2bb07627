package org.postbag;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postbag.embedded.KafkaBroker;
import org.postbag.embedded.PostgresServer;
import org.postbag.receiving.KafkaConnection;

/**
 * The real servers that tests run against, started once a JVM and stopped at its end. Each {@link #database()} is a new one, migrated, seen through
 * the application's role; each {@link #kafka()} is the same broker, so tests use topics or groups of their own.
 */
public final class TestServers {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServers() {}

    private static final class Postgres {
        static final PostgresServer SERVER = start();

        private static PostgresServer start() {
            try {
                var folder = Files.createTempDirectory("postbag-test-postgres");
                var server = PostgresServer.start(folder);
                atEnd(server, folder);
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Kafka {
        static final KafkaBroker BROKER = start();

        private static KafkaBroker start() {
            try {
                var folder = Files.createTempDirectory("postbag-test-kafka");
                var broker = KafkaBroker.start(folder);
                atEnd(broker, folder);
                return broker;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A database as the program finds it. */
    public record Database(
            String url, String ownerPassword, String applicationPassword, DataSource owner, DataSource application) {}

    /** A new, migrated database. */
    public static Database database() {
        var server = Postgres.SERVER;
        var name = "test" + DATABASES.incrementAndGet();
        try (var connection = DriverManager.getConnection(server.url(), PostgresServer.OWNER, server.ownerPassword());
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
        return new KafkaConnection(Kafka.BROKER.bootstrapServers(), Map.of());
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
