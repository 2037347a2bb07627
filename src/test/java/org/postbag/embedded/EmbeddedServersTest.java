package org.postbag.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.TestServers;
import org.springframework.jdbc.core.simple.JdbcClient;

class EmbeddedServersTest {

    @Test
    void postgresKeepsItsDataAndAsksForPasswords(@TempDir Path folder) throws Exception {
        try (var first = PostgresServer.start(folder);
                var owner = DriverManager.getConnection(first.url(), PostgresServer.OWNER, first.ownerPassword())) {
            owner.createStatement().execute("create table kept (n int)");
        }
        try (var second = PostgresServer.start(folder)) {
            try (var owner = DriverManager.getConnection(second.url(), PostgresServer.OWNER, second.ownerPassword())) {
                assertThat(owner.createStatement()
                                .executeQuery("select count(*) from kept")
                                .next())
                        .isTrue();
                var fsync = owner.createStatement().executeQuery("show fsync");
                fsync.next();
                assertThat(fsync.getString(1)).isEqualTo("on");
            }
            assertThat(org.junit.jupiter.api.Assertions.assertThrows(
                                    java.sql.SQLException.class,
                                    () -> DriverManager.getConnection(second.url(), PostgresServer.OWNER, "wrong"))
                            .getSQLState())
                    .isEqualTo("28P01");
        }
    }

    /** One JVM unpacks once, so this looks at the folder alone; {@code CrashIT} kills a whole program while it unpacks. */
    @Test
    void whatAKillLeftUnpackedInPartIsUnpackedAnew(@TempDir Path binaries) throws Exception {
        var whole = Files.createDirectories(binaries.resolve("PG-1/lib"));
        Files.createFile(binaries.resolve("PG-1/.exists"));
        Files.createDirectories(binaries.resolve("PG-2/lib"));
        Files.createFile(binaries.resolve("PG-2/lib/libpq.so"));

        PostgresServer.removeUnpackedInPart(binaries);
        PostgresServer.removeUnpackedInPart(binaries.resolve("none"));

        assertThat(whole).exists();
        assertThat(binaries.resolve("PG-2")).doesNotExist();
    }

    @Test
    void kafkaStartsAgainOnItsFolder(@TempDir Path folder) throws Exception {
        for (int start = 0; start < 2; start++) {
            try (var broker = KafkaBroker.start(folder);
                    var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                assertThat(admin.describeCluster().nodes().get(20, TimeUnit.SECONDS))
                        .hasSize(1);
            }
        }
    }

    @Test
    void theApplicationCannotRewriteTheTrail() {
        var database = TestServers.database();
        var application = JdbcClient.create(database.application());
        application
                .sql(
                        "insert into audit_event (at, actor, action, subject_kind, subject_id) values (now(), 'job:test', 'LOOKED', 'x', '1')")
                .update();
        for (var sql : new String[] {
            "update audit_event set actor = 'x'",
            "delete from audit_event",
            "truncate audit_event",
            "drop table audit_event"
        }) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> application.sql(sql).update())
                    .as(sql)
                    .hasRootCauseMessage(
                            sql.startsWith("drop")
                                    ? "ERROR: must be owner of table audit_event"
                                    : "ERROR: permission denied for table audit_event");
        }
    }
}
