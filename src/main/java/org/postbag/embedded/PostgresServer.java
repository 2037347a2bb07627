package org.postbag.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * PostgreSQL inside the program, with its data in a folder: durable ({@code fsync} and {@code synchronous_commit} on), on loopback only, with passwords
 * for the owner and for the application's role. A server that a killed run left behind on the same folder is stopped first.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String OWNER = "postgres";
    public static final String APPLICATION = "postbag_app";
    private static final String DATABASE = "postgres";
    private static final Duration STOP_WAIT = Duration.ofSeconds(10);
    private static final Duration START_WAIT = Duration.ofSeconds(30);

    private final EmbeddedPostgres server;
    private final String ownerPassword;
    private final String applicationPassword;

    private PostgresServer(EmbeddedPostgres server, String ownerPassword, String applicationPassword) {
        this.server = server;
        this.ownerPassword = ownerPassword;
        this.applicationPassword = applicationPassword;
    }

    /**
     * @param folder holds the data, the passwords and the unpacked binaries; made if absent
     * @throws IOException if the server does not come up
     */
    public static PostgresServer start(Path folder) throws IOException {
        var data = folder.resolve("data");
        Files.createDirectories(folder);
        stopLeftBehind(data);
        var secured = folder.resolve("secured");
        var ownerPassword = password(folder.resolve("owner-password"));
        var applicationPassword = password(folder.resolve("application-password"));
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setPort(freePort())
                .setPGStartupWait(START_WAIT)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "300")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("wal_compression", "on")
                .setServerConfig("max_wal_size", "2GB")
                .setOutputRedirector(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .setErrorRedirector(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        if (Files.exists(secured)) {
            builder.setConnectConfig("password", ownerPassword);
        }
        var server = new PostgresServer(builder.start(), ownerPassword, applicationPassword);
        if (!Files.exists(secured)) {
            server.secure(data);
            Files.createFile(secured);
        }
        return server;
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + DATABASE;
    }

    public String ownerPassword() {
        return ownerPassword;
    }

    public String applicationPassword() {
        return applicationPassword;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** The server comes up trusting everyone on the machine; from here on it asks for passwords. */
    private void secure(Path data) throws IOException {
        try (Connection owner = DriverManager.getConnection(url(), OWNER, ownerPassword);
                var statement = owner.createStatement()) {
            // The passwords are hexadecimal digits of our own making, so they need no quoting.
            statement.execute("alter role " + OWNER + " password '" + ownerPassword + "'");
            statement.execute("create role " + APPLICATION + " login password '" + applicationPassword + "'");
            Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("select pg_reload_conf()");
        } catch (SQLException refused) {
            throw new IOException("The embedded PostgreSQL could not be given its passwords", refused);
        }
    }

    /** After {@code kill -9} of the program its PostgreSQL lives on. */
    private static void stopLeftBehind(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        var left = leftBehind(pidFile, data);
        if (left.isPresent()) {
            left.get().destroy();
            try {
                left.get().onExit().get(STOP_WAIT.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException slow) {
                left.get().destroyForcibly();
                left.get().onExit().join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while stopping a PostgreSQL that was left behind", interrupted);
            } catch (java.util.concurrent.ExecutionException impossible) {
                throw new IOException(impossible);
            }
        }
        Files.deleteIfExists(pidFile);
    }

    private static Optional<ProcessHandle> leftBehind(Path pidFile, Path data) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.size() < 2 || !lines.get(0).strip().matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(p -> isPostgres(p)
                        && Path.of(lines.get(1).strip()).toAbsolutePath().equals(data.toAbsolutePath()));
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(c -> Path.of(c).getFileName().toString().startsWith("postgres"))
                .orElse(false);
    }

    static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            var bytes = new byte[24];
            new SecureRandom().nextBytes(bytes);
            var part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, HexFormat.of().formatHex(bytes), StandardCharsets.US_ASCII);
            if (Files.getFileStore(part).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
            }
            Files.move(part, file);
        }
        return Files.readString(file, StandardCharsets.US_ASCII);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
