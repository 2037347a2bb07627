package org.postbag.receiving.sftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the route that fetches by SFTP does, by its connector, against a real server. */
abstract class SftpFolderContract {

    @TempDir
    Path temporary;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean takes = true;

    /** How to get to a server on which {@code folder} lies, and may be written to. */
    record Server(
            int port, String username, String password, String keyFile, String hostKey, String folder, String done) {}

    abstract Server serve(Path folder, Path done) throws Exception;

    @AfterEach
    void stop() throws Exception {
        camel.close();
    }

    private Path there() {
        return temporary.resolve("there");
    }

    private Path here() {
        return temporary.resolve("here");
    }

    private Server start(Map<String, String> other) throws Exception {
        Files.createDirectories(there());
        Files.createDirectories(temporary.resolve("done"));
        var server = serve(there(), temporary.resolve("done"));
        camel.getRegistry().bind("sftpExports", new SftpFolder((file, exchange) -> {
            if (!takes) {
                throw new IOException("The store is away");
            }
            taken.add(file.getFileName() + "=" + Files.readString(file).length());
            Files.delete(file);
            return true;
        }));
        camel.start();
        var loader = PluginHelper.getRoutesLoader(camel);
        loader.loadRoutes(ResourceHelper.fromString(
                "sftp.camel.yaml", Files.readString(Path.of("connectors/telephone-sftp.camel.yaml"))));
        var values = values(server);
        values.putAll(other);
        values.replaceAll((_, value) -> value.replace("{done}", server.done()));
        var yaml = new StringBuilder("""
                - templatedRoute:
                    routeTemplateRef: telephone-sftp
                    routeId: exchange
                    parameters:
                """);
        values.forEach((name, value) -> yaml.append("      - {name: ")
                .append(name)
                .append(", value: \"")
                .append(value)
                .append("\"}\n"));
        loader.loadRoutes(ResourceHelper.fromString("route.camel.yaml", yaml.toString()));
        return server;
    }

    private Map<String, String> values(Server server) {
        var values = new TreeMap<>(Map.of(
                "routeId", "exchange",
                "host", "127.0.0.1",
                "port", Integer.toString(server.port()),
                "username", server.username(),
                "password", server.password(),
                "keyFile", server.keyFile(),
                "hostKeys", server.hostKey(),
                "folder", server.folder(),
                "here", here().toString(),
                "everyMs", "150"));
        values.putAll(Map.of("profile", "asterisk-cdr", "knownHosts", "none", "movedTo", "none"));
        return values;
    }

    private SftpFolder sftp() {
        return Objects.requireNonNull(camel.getRegistry().lookupByNameAndType("sftpExports", SftpFolder.class));
    }

    private void put(String name, String text) throws IOException {
        Files.createDirectories(there());
        Files.writeString(there().resolve(name), text);
    }

    private void taken(String... files) {
        awaiting()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(taken).containsExactlyInAnyOrder(files));
    }

    @Test
    void takesFilesAndDeletesThem() throws Exception {
        put("a.csv", "x".repeat(10));
        put("b c é.csv", "y".repeat(300_000));
        put("empty.csv", "");
        put("half.csv.part", "z");
        put(".hidden", "z");
        Files.createDirectories(there().resolve("folder.csv"));
        start(Map.of());

        taken("a.csv=10", "b c é.csv=300000", "empty.csv=0");

        awaiting()
                .until(() ->
                        Files.notExists(there().resolve("a.csv")) && Files.notExists(there().resolve("empty.csv")));
        assertThat(there().resolve("half.csv.part")).exists();
        assertThat(there().resolve(".hidden")).exists();
        assertThat(here()).isEmptyDirectory();
    }

    @Test
    void movesThemWhereItIsSaid() throws Exception {
        put("a.csv", "one");
        start(Map.of("movedTo", "{done}"));
        taken("a.csv=3");
        awaiting().until(() -> Files.exists(temporary.resolve("done/a.csv")));

        put("a.csv", "another");

        taken("a.csv=3", "a.csv=7");
        awaiting().until(() -> Files.exists(temporary.resolve("done/2-a.csv")));
    }

    /** Looks by hand, so that it doesn't depend on the time that anything takes. */
    @Test
    void leavesAFileThatIsStillWritten() throws Exception {
        put("a.csv", "begin");
        var server = serve(there(), Files.createDirectories(temporary.resolve("done")));
        var folder = new SftpFolder((file, exchange) -> {
            taken.add(Files.readString(file));
            Files.delete(file);
            return true;
        });
        var look = new DefaultExchange(camel);
        look.getExchangeExtension().setFromRouteId("exchange");
        values(server).forEach(look::setProperty);
        for (int i = 0; i < 5; i++) {
            folder.process(look);
            Files.writeString(there().resolve("a.csv"), " more", StandardOpenOption.APPEND);
            folder.process(look);
            assertThat(taken).isEmpty();
            put("a.csv", Files.readString(there().resolve("a.csv")) + "!");
        }

        folder.process(look);
        folder.process(look);

        assertThat(taken).containsExactly("begin more! more! more! more! more!");
    }

    @Test
    void aFileStaysUntilItIsTaken() throws Exception {
        takes = false;
        put("a.csv", "one");
        start(Map.of());
        awaiting().until(() -> Files.exists(here().resolve("a.csv")));
        assertThat(there().resolve("a.csv")).exists();

        takes = true;

        taken("a.csv=3");
        awaiting().until(() -> Files.notExists(there().resolve("a.csv")));
    }

    @Test
    void goesOnWhereAnEarlierFetchEnded() throws Exception {
        var bytes = new byte[200_000];
        new Random(7).nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('a' + (bytes[i] & 15));
        }
        put("a.csv", new String(bytes, UTF_8));
        var modified = Instant.parse("2026-03-03T12:00:00Z");
        Files.setLastModifiedTime(there().resolve("a.csv"), FileTime.from(modified));
        Files.createDirectories(here());
        // The first half is here, marked so that it can be told from what is fetched now.
        var half = "A".repeat(100_000);
        Files.writeString(here().resolve(".a.csv.200000-" + modified.toEpochMilli() + ".sftp-part"), half);
        var content = new ArrayList<String>();
        takes = false;
        start(Map.of());
        awaiting().until(() -> Files.exists(here().resolve("a.csv")));

        content.add(Files.readString(here().resolve("a.csv")));

        assertThat(content.getFirst()).isEqualTo(half + new String(bytes, UTF_8).substring(100_000));
    }

    @Test
    void anotherMachineIsNotSignedInTo() throws Exception {
        put("a.csv", "one");
        start(Map.of("hostKeys", "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));

        awaiting().during(Duration.ofSeconds(3)).until(taken::isEmpty);
        assertThat(sftp().problem("exchange"))
                .hasValueSatisfying(words -> assertThat(words).startsWith("Its key is not one that is known"));
        assertThat(there().resolve("a.csv")).exists();
    }

    @Test
    void withoutAKnownKeyNothingIsSignedInTo() throws Exception {
        put("a.csv", "one");
        start(Map.of("hostKeys", "none"));

        awaiting().during(Duration.ofSeconds(3)).until(taken::isEmpty);
    }

    @Test
    void aKnownHostsFileThatNamesOnlyOthersWillNotDo() throws Exception {
        put("a.csv", "one");
        var known = temporary.resolve("known_hosts");
        Files.writeString(
                known,
                "[127.0.0.1]:1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n");
        start(Map.of("hostKeys", "none", "knownHosts", known.toString()));

        awaiting().during(Duration.ofSeconds(3)).until(taken::isEmpty);
        assertThat(there().resolve("a.csv")).exists();
    }

    /** A server within this JVM that is stopped may throw in threads of its own, which is no fault of what is tested. */
    private static ConditionFactory awaiting() {
        return await().dontCatchUncaughtExceptions();
    }
}
