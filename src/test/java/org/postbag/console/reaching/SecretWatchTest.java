package org.postbag.console.reaching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.TestServers;
import org.postbag.TestServers.Database;
import org.postbag.console.ConsoleNode;
import org.postbag.console.Starting;
import org.postbag.console.WantedState.Renewal;
import org.postbag.receiving.TestKeys;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nodes that share a database: a secret that is changed on one is signed in with on all. */
class SecretWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Database database = TestServers.database();
    private final List<Node> nodes = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void routes() throws Exception {
        write("council", "signs-in:{{secret:COUNCIL}}");
        write("other", "signs-in:{{secret:OTHER}}");
    }

    private void write(String id, String uri) throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/" + id + ".camel.yaml"), """
                - route:
                    id: %s
                    from:
                      uri: "%s"
                      steps:
                        - process:
                            ref: ticks
                """.formatted(id, uri));
    }

    @AfterEach
    void end() {
        nodes.forEach(Node::end);
    }

    /** A node with its own look at the secrets. Its routes note what they sign in with, in the order in which they do. */
    private static final class Node {

        final VaultSecrets vault;
        final List<String> signedIn = new CopyOnWriteArrayList<>();
        final ConsoleNode console;
        final SecretWatch watch;

        Node(Database database, Path folder, String name) {
            var clock = Clock.systemUTC();
            vault = new VaultSecrets(JdbcClient.create(database.application()), TestKeys.master(), clock);
            var secrets = new Secrets(
                    List.of(new EnvironmentSecrets(Map.of()), new MountedSecrets(folder.resolve("mounted")), vault));
            console = ConsoleNode.loaded(
                    database,
                    folder,
                    name,
                    clock,
                    camel -> camel.addComponent(
                            "signs-in", new Starting(handle -> signedIn.add(secrets.reveal(handle)))));
            watch = new SecretWatch(secrets, uses(console.camel()), console.wanted());
            watch.start();
            console.begin();
        }

        private static SecretUses uses(CamelContext camel) {
            return new SecretUses(camel, new MadeRoutes(camel, new RouteConnectors()));
        }

        void end() {
            watch.destroy();
            console.close();
        }
    }

    private Node node(String name) {
        var node = new Node(database, folder, name);
        nodes.add(node);
        return node;
    }

    private void signedIn(Node node, String... values) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(node.signedIn).containsExactlyInAnyOrder(values));
    }

    @Test
    void aSecretThatIsChangedOnOneNodeIsSignedInWithOnAll() {
        var before = new VaultSecrets(JdbcClient.create(database.application()), TestKeys.master(), Clock.systemUTC());
        before.put("COUNCIL", "first", "staff:esme");
        before.put("OTHER", "other", "staff:esme");
        var one = node("one");
        var other = node("other");
        signedIn(one, "first", "other");
        signedIn(other, "first", "other");

        one.vault.put("COUNCIL", "second", "staff:esme");
        one.watch.look();

        assertThat(one.watch.renewal("council", PATIENCE)).isEqualTo(Renewal.ANEW);
        assertThat(one.watch.renewal("other", PATIENCE)).isEqualTo(Renewal.DID_NOT_RUN);
        assertThat(one.signedIn).containsExactlyInAnyOrder("first", "other", "second");
        signedIn(other, "first", "other", "second");

        // One that is deleted is known nowhere any more, and nothing signs in for it.
        one.vault.remove("OTHER");
        await().atMost(PATIENCE).until(() -> other.vault.resolve("OTHER").isEmpty());
        other.watch.look();
        assertThat(other.watch.renewal("other", PATIENCE)).isEqualTo(Renewal.DID_NOT_RUN);
        signedIn(other, "first", "other", "second");
    }

    @Test
    void aFileThatIsHandedOutAnewIsSignedInWithToo() throws Exception {
        var file = folder.resolve("mounted/secret.COUNCIL");
        Files.createDirectories(folder.resolve("mounted"));
        Files.writeString(file, "first");
        Files.writeString(folder.resolve("mounted/secret.OTHER"), "other");
        var one = node("one");
        signedIn(one, "first", "other");

        Files.writeString(file, "newer");
        Files.setLastModifiedTime(
                file, FileTime.from(Files.getLastModifiedTime(file).toInstant().plusSeconds(60)));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(one.signedIn.getLast()).isEqualTo("newer"));
        assertThat(one.signedIn).doesNotHaveDuplicates();
    }
}
