package org.postbag.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL inside the program, with its data in a folder: durable ({@code fsync} and {@code synchronous_commit} on), on loopback only, with passwords
 * for the owner and for the application's role. A server that a killed run left behind on the same folder is stopped first.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String OWNER = "postgres";
    public static final String APPLICATION = "postbag_app";
    private static final String DATABASE = "postgres";
    private static final String BINARIES = "binaries";
    /** What zonky leaves in a folder of binaries that it has unpacked whole. */
    private static final String WHOLE = ".exists";

    private static final Duration STOP_WAIT = Duration.ofSeconds(10);
    private static final long NO_PROCESS = -1;
    private static final Duration START_WAIT = Duration.ofMinutes(2);

    private final EmbeddedPostgres server;
    private final String ownerPassword;
    private final String applicationPassword;

    private PostgresServer(EmbeddedPostgres server, String ownerPassword, String applicationPassword) {
        this.server = server;
        this.ownerPassword = ownerPassword;
        this.applicationPassword = applicationPassword;
    }

    /**
     * On any free port.
     *
     * @param folder holds the data, the passwords and the unpacked binaries; made if absent
     * @throws IOException if the server does not come up
     */
    public static PostgresServer start(Path folder) throws IOException {
        return start(folder, LoopbackPorts.any());
    }

    /** On a port of its own, which those who are connected find again after a stop and a start. */
    public static PostgresServer start(Path folder, int port) throws IOException {
        var data = folder.resolve("data");
        var secured = folder.resolve("secured");
        Files.createDirectories(folder);
        stopLeftBehind(folder);
        removeUnpackedInPart(folder.resolve(BINARIES));
        if (!Files.exists(secured)) {
            // A first start that was cut short leaves half a database, with nothing of anyone's in it.
            FileSystemUtils.deleteRecursively(data);
        }
        var ownerPassword = password(folder.resolve("owner-password"));
        var applicationPassword = password(folder.resolve("application-password"));
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(folder.resolve(BINARIES).toFile())
                .setPort(port)
                // The program stops it when all that uses it has ended; a hook of its own would come too early.
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_WAIT)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "300")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "2GB")
                // A statement whose program was killed ends soon, so that the server can be stopped.
                .setServerConfig("client_connection_check_interval", "500ms")
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

    /** Binaries whose unpacking a kill cut short: unpacking goes no further where some of them are. */
    static void removeUnpackedInPart(Path binaries) throws IOException {
        if (!Files.isDirectory(binaries)) {
            return;
        }
        try (var versions = Files.newDirectoryStream(binaries, Files::isDirectory)) {
            for (Path version : versions) {
                if (!Files.exists(version.resolve(WHOLE))) {
                    FileSystemUtils.deleteRecursively(version);
                }
            }
        }
    }

    /**
     * After {@code kill -9} of the program its PostgreSQL lives on, or the making of its first database. The folder is held by this program alone, so
     * whatever runs from its binaries was left behind: the server is asked to end, and what is still there then is killed.
     */
    private static void stopLeftBehind(Path folder) throws IOException {
        var pidFile = folder.resolve("data").resolve("postmaster.pid");
        var binaries = folder.resolve(BINARIES);
        if (Files.isDirectory(binaries)) {
            var home = binaries.toRealPath();
            var left = runningFrom(home);
            var server = serverOf(pidFile);
            var asked = left.stream()
                    .filter(p -> p.pid() == server.orElse(NO_PROCESS))
                    .toList();
            (asked.isEmpty() ? left : asked).forEach(ProcessHandle::destroy);
            if (!haveEnded(left)) {
                left = runningFrom(home);
                left.forEach(ProcessHandle::destroyForcibly);
                if (!haveEnded(left)) {
                    throw new IOException("A PostgreSQL that was left behind on " + folder + " cannot be stopped");
                }
            }
        }
        Files.deleteIfExists(pidFile);
    }

    private static List<ProcessHandle> runningFrom(Path home) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info()
                        .command()
                        .map(command -> Path.of(command).startsWith(home))
                        .orElse(false))
                .toList();
    }

    private static Optional<Long> serverOf(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        return Files.readAllLines(pidFile).stream()
                .limit(1)
                .map(String::strip)
                .filter(line -> line.matches("[0-9]{1,9}"))
                .map(Long::valueOf)
                .findFirst();
    }

    private static boolean haveEnded(List<ProcessHandle> processes) throws IOException {
        var ends = processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(STOP_WAIT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException slow) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while stopping a PostgreSQL that was left behind", interrupted);
        } catch (ExecutionException impossible) {
            throw new IOException(impossible);
        }
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
}
