package org.postbag.search.elasticsearch;

import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.Containers;
import org.postbag.embedded.LoopbackPorts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A real Elasticsearch: in a container where a Docker engine answers, else a process of the one that the build unpacked (or one that runs
 * already, by {@code -Dpostbag.test.elasticsearch.url}). All tests of a JVM share one;
 * each takes names of indexes of its own.
 */
public final class ElasticsearchServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ElasticsearchServer.class);

    /** What it is given in megabytes: enough for tests, which share a machine with much else; a benchmark gives what a body would. */
    private static final String HEAP =
            "-Xms%1$dm -Xmx%1$dm".formatted(Integer.getInteger("postbag.test.elasticsearch.heap", 512));

    private static final int DROPPED_AT_ONCE = 20;
    private static final Duration START_MAX = Duration.ofMinutes(4);

    /** Elasticsearch doesn't run as root; this is who nobody is on every Linux. */
    private static final String NOBODY = "65534";

    private final Path home;
    private final Path folder;
    private final int port;
    private @Nullable Process process;

    private ElasticsearchServer(Path home, Path folder, int port) {
        this.home = home;
        this.folder = folder;
        this.port = port;
    }

    private static final class Shared {

        static final URI URL = start();

        private static URI start() {
            var given = System.getProperty("postbag.test.elasticsearch.url");
            if (given != null) {
                LOG.warn("The tests' Elasticsearch is the one at {}", given);
                return URI.create(given);
            }
            return container().orElseGet(Shared::local);
        }

        private static Optional<URI> container() {
            return Containers.started(
                            "Elasticsearch",
                            "postbag.test.elasticsearch.image",
                            "a process of the one that the build unpacked",
                            container -> container
                                    .withExposedPorts(9200)
                                    .withEnv(Map.of(
                                            "discovery.type",
                                            "single-node",
                                            "xpack.security.enabled",
                                            "false",
                                            "ES_JAVA_OPTS",
                                            HEAP))
                                    .waitingFor(Wait.forHttp("/_cluster/health").forPort(9200))
                                    .withStartupTimeout(START_MAX))
                    .map(container ->
                            URI.create("http://" + container.getHost() + ":" + container.getMappedPort(9200)));
        }

        private static URI local() {
            var server = process();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.start();
            return server.url();
        }
    }

    /** Where the one that tests share answers. */
    public static URI shared() {
        return Shared.URL;
    }

    /** What all indexes of the shared one take on its disk. */
    public static long bytes() throws IOException {
        try (var client = client()) {
            var store = client.indices().stats().all().total();
            return store == null || store.store() == null ? 0 : store.store().sizeInBytes();
        }
    }

    /** A client of the shared one. */
    static ElasticsearchClient client() {
        return client(shared());
    }

    public static ElasticsearchClient client(URI url) {
        return Connection.to(new ElasticsearchSettings(List.of(url), null, null, null, null, "unused"));
    }

    /** Takes away what tests made under names that begin so. */
    public static void drop(String beginning) throws IOException {
        try (var client = client()) {
            var indexes = List.copyOf(client.indices()
                    .getAlias(a -> a.index(beginning + "*"))
                    .aliases()
                    .keySet());
            // All of them don't fit into the line of one request.
            for (int from = 0; from < indexes.size(); from += DROPPED_AT_ONCE) {
                var some = indexes.subList(from, Math.min(indexes.size(), from + DROPPED_AT_ONCE));
                client.indices().delete(d -> d.index(some));
            }
            client.indices().deleteIndexTemplate(t -> t.name(beginning + "*"));
        }
    }

    /** One of a test's own that isn't started yet, for tests that stop it: always a process. */
    public static ElasticsearchServer process() {
        try {
            var folder = Files.createTempDirectory("postbag-test-elasticsearch");
            return new ElasticsearchServer(readable(unpacked(), folder), folder, LoopbackPorts.any());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts it, with the data that it had; returns when it answers. */
    public void start() {
        try {
            configure();
            var log = folder.resolve("out.log").toFile();
            var builder = new ProcessBuilder(command())
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
            builder.environment().putAll(environment());
            var started = builder.start();
            process = started;
            LOG.warn("The tests' Elasticsearch is a process from {} on port {}, writing to {}", home, port, folder);
            await().atMost(START_MAX).pollInterval(Duration.ofMillis(200)).until(() -> {
                if (!started.isAlive()) {
                    throw new IllegalStateException("Elasticsearch ended: " + Files.readString(log.toPath()));
                }
                return answers();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a crash would; its data stays. */
    public void stop() {
        var running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
            try {
                running.waitFor(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process = null;
        }
    }

    /** It is there and takes connections, and answers nothing. */
    public void pause() throws IOException {
        signal("-STOP");
    }

    public void goOn() throws IOException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException {
        var running = process;
        if (running != null) {
            var all = Stream.concat(Stream.of(running.toHandle()), running.descendants());
            for (var one : all.toList()) {
                run("kill", name, Long.toString(one.pid()));
            }
        }
    }

    @Override
    public void close() {
        stop();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }

    private boolean answers() throws InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(url().resolve("/_cluster/health?wait_for_status=yellow&timeout=1s"));
            return client.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void configure() throws IOException {
        var configuration = folder.resolve("config");
        if (!Files.exists(configuration)) {
            FileSystemUtils.copyRecursively(home.resolve("config"), configuration);
            Files.createDirectories(folder.resolve("tmp"));
            Files.writeString(configuration.resolve("elasticsearch.yml"), """
                    discovery.type: single-node
                    xpack.security.enabled: false
                    http.port: %d
                    transport.port: %d
                    path.data: %s
                    path.logs: %s
                    """.formatted(
                            port, LoopbackPorts.any(), folder.resolve("data"), folder.resolve("logs")));
        }
        if (isRoot()) {
            run("chown", "-R", NOBODY + ":" + NOBODY, folder.toString());
        }
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        }
        command.addAll(List.of(
                java().resolve("bin/java").toString(),
                "-Xmx64m",
                "-Dcli.name=server",
                "-Dcli.script=./bin/elasticsearch",
                "-Dcli.libs=lib/tools/server-cli",
                "-Des.path.home=" + home,
                "-Des.path.conf=" + folder.resolve("config"),
                "-Des.distribution.type=zip",
                "-Des.java.type=bundled",
                "-cp",
                "lib/tools/server-launcher/*:lib/*:lib/cli-launcher/*",
                "org.elasticsearch.server.launcher.ServerLauncher"));
        return command;
    }

    private Map<String, String> environment() {
        return Map.of(
                "JAVA", java().resolve("bin/java").toString(),
                "ES_JAVA_HOME", java().toString(),
                "ES_HOME", home.toString(),
                "ES_PATH_CONF", folder.resolve("config").toString(),
                "ES_DISTRIBUTION_TYPE", "zip",
                "ES_TMPDIR", folder.resolve("tmp").toString(),
                "ES_JAVA_OPTS", HEAP);
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** What the build unpacked. */
    private static Path unpacked() throws IOException {
        var folder = Path.of(System.getProperty("postbag.test.elasticsearch.folder", "target/elasticsearch"))
                .toAbsolutePath();
        if (Files.isDirectory(folder)) {
            try (var versions = Files.list(folder)) {
                var homes = versions.map(version -> version.resolve("elasticsearch"))
                        .filter(Files::isDirectory)
                        .toList();
                if (!homes.isEmpty()) {
                    return homes.getFirst();
                }
            }
        }
        throw new IllegalStateException(
                "No Docker engine answers, and no Elasticsearch is in " + folder + ": mvn process-test-classes");
    }

    /** Itself, or a copy where nobody may look into a folder above it. */
    private static Path readable(Path home, Path folder) throws IOException {
        if (!isRoot()) {
            return home;
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path above = home; above != null; above = above.getParent()) {
            if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                var copy = folder.resolve("home");
                FileSystemUtils.copyRecursively(home, copy);
                return copy;
            }
        }
        return home;
    }

    private static void run(String... command) throws IOException {
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
