package org.postbag.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.ServerCertificate;
import org.postbag.embedded.LoopbackPorts;
import org.postbag.embedded.PostgresServer;
import org.postbag.settings.MissingSetting;
import org.springframework.mock.env.MockEnvironment;

/** A PostgreSQL that asks for TLS and a password, as in production; what is wrong is told by the setting that says it, and never by what that says. */
class DatabaseTest {

    private static final String URL = "spring.datasource.url";
    private static final String USER = "spring.datasource.username";
    private static final String PASSWORD = "spring.datasource.password";
    private static final String OWNER = "spring.flyway.user";
    private static final String OWNER_PASSWORD = "spring.flyway.password";

    @TempDir
    private static Path folder;

    private static PostgresServer server;
    private static ServerCertificate certificate;

    private final MockEnvironment settings = new MockEnvironment();

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = PostgresServer.start(folder.resolve("postgres"));
        certificate = ServerCertificate.make(folder.resolve("certificate"));
        var data = folder.resolve("postgres/data");
        Files.copy(certificate.certificate(), data.resolve("server.crt"));
        Files.copy(certificate.key(), data.resolve("server.key"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(data.resolve("pg_hba.conf"), "hostssl all all 127.0.0.1/32 scram-sha-256\n");
        asSuperuser("alter system set ssl = on");
        asSuperuser("create database record");
        asSuperuser("create role poor login password 'poor'");
        asSuperuser("select pg_reload_conf()");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void rightSettings() {
        settings.setProperty(URL, url("127.0.0.1", "record", "verify-full", certificate.certificate()));
        settings.setProperty(USER, PostgresServer.APPLICATION);
        settings.setProperty(PASSWORD, server.applicationPassword());
        settings.setProperty(OWNER, PostgresServer.OWNER);
        settings.setProperty(OWNER_PASSWORD, server.ownerPassword());
    }

    @Test
    void theRightSettingsOpenItOverTls() throws SQLException {
        var database = open();

        try (var connection = database.application().connect();
                var asked = connection.createStatement();
                var answer = asked.executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            answer.next();
            assertThat(answer.getBoolean(1)).isTrue();
        }
    }

    @Test
    void eachThatIsNotSetIsNamed() {
        for (var setting : new String[] {URL, USER, OWNER}) {
            rightSettings();
            settings.setProperty(setting, " ");
            isToldOf(setting, "Set " + setting);
        }
    }

    @Test
    void anAddressOfSomethingElse() {
        settings.setProperty(URL, "jdbc:mysql://db/postbag");
        isToldOf(URL, "an address of PostgreSQL");
    }

    @Test
    void aMachineWhoseNameIsNotKnown() {
        settings.setProperty(URL, "jdbc:postgresql://postgres.invalid/record");
        isToldOf(URL, "whose name is known");
    }

    @Test
    void nobodyListens() throws IOException {
        settings.setProperty(URL, "jdbc:postgresql://127.0.0.1:" + LoopbackPorts.any() + "/record");
        isToldOf(URL, "nothing listens there");
    }

    @Test
    void noSuchDatabase() {
        settings.setProperty(URL, url("127.0.0.1", "another", "verify-full", certificate.certificate()));
        isToldOf(URL, "a database that is there");
    }

    @Test
    void aWrongPasswordOrNone() {
        settings.setProperty(PASSWORD, "wrong");
        isToldOf(PASSWORD, "the password of the role in " + USER);

        rightSettings();
        settings.setProperty(OWNER_PASSWORD, "wrong");
        isToldOf(OWNER_PASSWORD, "the password of the role in " + OWNER);

        settings.setProperty(OWNER_PASSWORD, "");
        isToldOf(OWNER_PASSWORD, "the password of the role in " + OWNER);
    }

    @Test
    void aCertificateThatIsNotTrusted() throws IOException {
        var another = ServerCertificate.make(folder.resolve("another")).certificate();
        settings.setProperty(URL, url("127.0.0.1", "record", "verify-full", another));
        isToldOf(URL, "isn't trusted");
    }

    @Test
    void aCertificateForAnotherName() {
        settings.setProperty(URL, url("localhost", "record", "verify-full", certificate.certificate()));
        isToldOf(URL, "is for another name");
    }

    @Test
    void aFileOfCertificatesThatIsNone() {
        settings.setProperty(URL, url("127.0.0.1", "record", "verify-full", folder.resolve("none.pem")));
        isToldOf(URL, "a file that can be read");
    }

    @Test
    void theServerRefusesWhoComesWithoutTls() {
        settings.setProperty(URL, url("127.0.0.1", "record", "disable", certificate.certificate()));
        isToldOf(OWNER, "pg_hba.conf");
    }

    @Test
    void aServerWithoutTls() throws IOException {
        try (var plain = PostgresServer.start(folder.resolve("plain"))) {
            settings.setProperty(URL, plain.url() + "?sslmode=require");
            isToldOf(URL, "speaks TLS");
        }
    }

    @Test
    void anOwnerWhoMayMakeNoTables() {
        settings.setProperty(OWNER, "poor");
        settings.setProperty(OWNER_PASSWORD, "poor");
        isToldOf(OWNER, "may make no tables");
    }

    @Test
    void aRoleThatMayChangeTheTrail() throws SQLException {
        asSuperuser("grant postgres to postbag_app");
        try {
            isToldOf(USER, "a role that owns nothing");
        } finally {
            asSuperuser("revoke postgres from postbag_app");
        }
    }

    @Test
    void anotherRoleThanTheOneThatIsLet() {
        settings.setProperty(USER, "poor");
        isToldOf(USER, "postbag_app");
    }

    private Database open() {
        return Database.open(SignIn.owner(settings), SignIn.application(settings), PostgresServer.APPLICATION);
    }

    private void isToldOf(String setting, String what) {
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        MissingSetting.class,
                        missing -> assertThat(missing.setting()).isEqualTo(setting))
                .hasMessageContaining(what)
                .hasMessageNotContainingAny("wrong", "poor", folder.toString(), server.ownerPassword());
    }

    private static String url(String host, String database, String mode, Path trusted) {
        int port = Integer.parseInt(server.url().replaceAll(".*:(\\d+)/.*", "$1"));
        return "jdbc:postgresql://%s:%d/%s?sslmode=%s&sslrootcert=%s".formatted(host, port, database, mode, trusted);
    }

    /** Before it asks for TLS too: {@code prefer} takes what there is. */
    private static void asSuperuser(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(server.url(), PostgresServer.OWNER, server.ownerPassword());
                var asked = connection.createStatement()) {
            asked.execute(statement);
        }
    }
}
