package org.postbag;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postbag.embedded.LoopbackPorts;
import org.postbag.embedded.PostgresServer;

/** The program as a process of its own, from the jar that was built, in try mode on a folder and a port that stay the same over its starts. */
public final class PostbagProcess implements AutoCloseable {

    private static final Duration START_WAIT = Duration.ofMinutes(5);
    private static final Duration STOP_WAIT = Duration.ofSeconds(30);

    private final Path data;
    private final int port;
    private final List<String> settings;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private @Nullable Process process;
    private long startedNanos;

    /** @param settings further arguments, such as {@code --postbag.try.feed=false} */
    public PostbagProcess(Path data, List<String> settings) throws IOException {
        this.data = data;
        this.settings = List.copyOf(settings);
        this.port = LoopbackPorts.any();
    }

    /** Starts the process and returns at once. */
    public void start() throws IOException {
        var jar =
                Path.of(System.getProperty("postbag.jar", "target/postbag.jar")).toAbsolutePath();
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx700m",
                // Quicker to start, and it starts often.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString(),
                "--spring.profiles.active=try",
                "--server.port=" + port,
                "--postbag.data=" + data,
                "--postbag.try.smtp-port=0",
                "--postbag.try.imap-port=0"));
        command.addAll(settings);
        startedNanos = System.nanoTime();
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling(data.getFileName() + ".log").toFile()))
                .start();
    }

    /**
     * Waits until the public form answers.
     *
     * @return how long after its start
     */
    public Duration awaitUp() {
        // A mailbox in this process may say in a thread of its own that it lost its client.
        await().dontCatchUncaughtExceptions()
                .atMost(START_WAIT)
                .pollInterval(Duration.ofMillis(100))
                .until(this::answers);
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public HttpClient client() {
        return client;
    }

    /** {@code kill -9}: PostgreSQL's own process lives on. */
    public void kill() {
        running().destroyForcibly();
        running().onExit().join();
    }

    /** Asks the process to end, as Ctrl-C does, and waits. */
    @Override
    public void close() {
        var last = process;
        if (last != null) {
            last.destroy();
            last.onExit().join();
            stopServerLeftBehind();
        }
        client.close();
    }

    /** Where a test ended between a kill and the next start. */
    private void stopServerLeftBehind() {
        try {
            var pid = Files.readAllLines(data.resolve("postgres/data/postmaster.pid"))
                    .getFirst();
            var server = ProcessHandle.of(Long.parseLong(pid.strip()));
            server.ifPresent(ProcessHandle::destroy);
            server.ifPresent(left -> left.onExit()
                    .orTimeout(STOP_WAIT.toSeconds(), TimeUnit.SECONDS)
                    .join());
        } catch (IOException ended) {
            // It took its file along.
        }
    }

    /** A connection to the database of the running process, as its owner. */
    public Connection database() throws IOException, SQLException {
        var postgres = data.resolve("postgres");
        var databasePort = Files.readAllLines(postgres.resolve("data/postmaster.pid"))
                .get(3)
                .strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres",
                PostgresServer.OWNER,
                Files.readString(postgres.resolve("owner-password")));
    }

    private Process running() {
        return Objects.requireNonNull(process, "not started");
    }

    private boolean answers() {
        if (!running().isAlive()) {
            throw new IllegalStateException(
                    "The process ended with " + running().exitValue());
        }
        try {
            return client.send(
                                    HttpRequest.newBuilder(uri("/contact"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
