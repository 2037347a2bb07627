package org.postbag.console.changing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.StatefulService;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.TestServers;
import org.postbag.TestServers.Database;
import org.postbag.console.changing.Version.State;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Versions on nodes that share a database, while the sources of both are being filled: each follows, and a change that isn't recorded happened nowhere. */
class NodesTest {

    private static final String KIND = RouteChanges.KIND;
    private static final Decisions.By ALAN = new Decisions.By("staff:alan", "It is right");
    private static Database database;
    private static JdbcClient owner;

    @TempDir
    Path folder;

    private final List<ChangingNode> nodes = new ArrayList<>();
    private ChangingNode here;
    private ChangingNode there;

    @BeforeAll
    static void migrate() {
        database = TestServers.database();
        owner = JdbcClient.create(database.owner());
        owner.sql("create schema faults").update();
        owner.sql("""
                        create function faults.refuse() returns trigger language plpgsql as
                        $$ begin raise exception 'no space left' using errcode = '53100'; end $$
                        """).update();
        owner.sql("""
                        create function faults.wait() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return null; end $$
                        """).update();
        owner.sql("grant usage on schema faults to public").update();
        // Else the server sees in its sleep that the client is gone, and takes back what is to be committed.
        owner.sql("""
                        do $$ begin execute format('alter database %I set client_connection_check_interval = 0', current_database()); end $$
                        """).update();
    }

    @BeforeEach
    void start() throws Exception {
        owner.sql("truncate version").update();
        Files.createDirectories(folder.resolve("connectors"));
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/watcher.camel.yaml"), watcher(1));
        here = node("here");
        there = node("there");
        awaited().until(() -> here.versions.inForce(KIND, "watcher").isPresent());
    }

    private ChangingNode node(String name) throws Exception {
        var node = ChangingNode.start(database, folder, folder.resolve(name));
        nodes.add(node);
        return node;
    }

    @AfterEach
    void end() {
        nodes.forEach(ChangingNode::close);
        owner.sql("drop trigger if exists fault on version").update();
    }

    private static ConditionFactory awaited() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(25));
    }

    private static String watcher(int number) {
        return route("watcher", "in", number, "taking");
    }

    private static String route(String id, String directory, int number, String step) {
        return """
                - route:
                    id: %s
                    from:
                      uri: file
                      parameters:
                        directoryName: "{{own}}/%s"
                        move: .taken
                        initialDelay: 0
                        delay: 20
                        maxMessagesPerPoll: %d
                      steps:
                        - process:
                            ref: %s
                """.formatted(id, directory, number, step);
    }

    /** When its transaction commits, a row that comes to this state makes it fail, or wait. */
    private static void faultAtCommit(String function, State state) {
        owner.sql("""
                        create constraint trigger fault after insert or update on version deferrable initially deferred
                        for each row when (new.state = '%s') execute function faults.%s()
                        """.formatted(state.word(), function)).update();
    }

    private int waiting(ChangingNode node, String name, String text) {
        int base = node.versions.latest(KIND, name).map(Version::number).orElse(0);
        var saved = node.versions.draft(KIND, name, text, base, "staff:esme", "Because");
        int number = ((Drafted.Saved) saved).version().number();
        node.decisions.check(KIND, name, number, "staff:esme");
        assertThat(node.decisions.ask(KIND, name, number, "staff:esme")).isInstanceOf(Decided.Done.class);
        return number;
    }

    private void approved(ChangingNode node, String name, String text) {
        assertThat(node.decisions.approve(KIND, name, waiting(node, name, text), ALAN))
                .isInstanceOf(Decided.Done.class);
    }

    private void nothingWasLost() throws Exception {
        for (var node : nodes) {
            node.dropNoMore();
            awaited().until(() -> node.taken.size() == node.sent.get());
            assertThat(node.doubled).as("taken twice").isEmpty();
        }
    }

    @Test
    void anotherNodeTakesAVersionOverWithoutARestart() throws Exception {
        approved(here, "watcher", watcher(2));
        assertThat(here.runs()).isEqualTo(2);
        awaited().until(() -> there.runs() == 2);

        assertThat(there.decisions.rollBack(KIND, "watcher", 1, ALAN)).isInstanceOf(Decided.Done.class);
        assertThat(there.runs()).isEqualTo(1);
        awaited().until(() -> here.runs() == 1);

        approved(here, "second", route("second", "second", 7, "taking"));
        awaited().until(() -> there.runs("second") == 7);
        assertThat(there.decisions.retire(KIND, "second", ALAN)).isInstanceOf(Decided.Done.class);
        awaited().until(() -> here.camel.getRoute("second") == null);
        assertThat(there.camel.getRoute("second")).isNull();
        nothingWasLost();
    }

    @Test
    void aNodeThatWasCutOffOrStartsAnewFollows() throws Exception {
        there.network.cut();
        approved(here, "watcher", watcher(2));
        approved(here, "watcher", watcher(3));
        assertThat(there.runs()).as("goes on meanwhile").isEqualTo(1);

        there.network.mend();

        awaited().until(() -> there.runs() == 3);
        var third = node("third");
        awaited().until(() -> third.runs() == 3);
        nothingWasLost();
    }

    @Test
    void aCommitThatFailsAfterASwapLeavesTheOldVersionEverywhere() throws Exception {
        int number = waiting(here, "watcher", watcher(2));
        faultAtCommit("refuse", State.IN_FORCE);

        assertThatThrownBy(() -> here.decisions.approve(KIND, "watcher", number, ALAN))
                .hasStackTraceContaining("no space left");

        assertThat(here.runs()).isEqualTo(1);
        assertThat(here.versions.inForce(KIND, "watcher").orElseThrow().number())
                .isEqualTo(1);
        assertThat(here.versions.byNumber(KIND, "watcher", number).orElseThrow().state())
                .isEqualTo(State.WAITING);
        assertThat(there.runs()).isEqualTo(1);
        owner.sql("drop trigger fault on version").update();
        assertThat(here.decisions.approve(KIND, "watcher", number, ALAN)).isInstanceOf(Decided.Done.class);
        awaited().until(() -> here.runs() == 2 && there.runs() == 2);
        nothingWasLost();
    }

    @Test
    void aRouteWhoseCommitFailsDoesNotComeAndDoesNotGo() throws Exception {
        var second = route("second", "second", 7, "taking");
        int number = waiting(here, "second", second);
        faultAtCommit("refuse", State.IN_FORCE);
        assertThatThrownBy(() -> here.decisions.approve(KIND, "second", number, ALAN))
                .hasStackTraceContaining("no space left");
        assertThat(here.camel.getRoute("second")).isNull();
        owner.sql("drop trigger fault on version").update();
        assertThat(here.decisions.approve(KIND, "second", number, ALAN)).isInstanceOf(Decided.Done.class);

        faultAtCommit("refuse", State.RETIRED);
        assertThatThrownBy(() -> here.decisions.retire(KIND, "second", ALAN)).hasStackTraceContaining("no space left");

        assertThat(here.runs("second")).isEqualTo(7);
        awaited().until(() -> there.runs("second") == 7);
        assertThat(here.versions.inForce(KIND, "second")).isPresent();
        nothingWasLost();
    }

    /** The database has it, and the node that asked never heard so. */
    @Test
    void aCommitWhoseAnswerIsLostIsFollowed() throws Exception {
        int number = waiting(here, "watcher", watcher(2));
        faultAtCommit("wait", State.IN_FORCE);
        var approval = CompletableFuture.supplyAsync(() -> here.decisions.approve(KIND, "watcher", number, ALAN));
        awaited().until(() -> here.runs() == 2);
        here.network.cut();

        assertThatThrownBy(() -> approval.get(20, TimeUnit.SECONDS)).isNotNull();
        here.network.mend();

        awaited()
                .until(() ->
                        there.versions.inForce(KIND, "watcher").orElseThrow().number() == number);
        awaited().until(() -> here.runs() == 2 && there.runs() == 2);
        nothingWasLost();
    }

    @Test
    void whileARouteFinishesWhatItHasInHandNothingElseWaits() throws Exception {
        approved(here, "slow", route("slow", "slow", 3, "slow"));
        Files.writeString(folder.resolve("here/slow/one"), "one");
        assertThat(here.slowBegun.await(20, TimeUnit.SECONDS)).isTrue();
        int number = waiting(here, "slow", route("slow", "slow", 4, "slow"));

        var approval = CompletableFuture.supplyAsync(() -> here.decisions.approve(KIND, "slow", number, ALAN));

        awaited()
                .until(() -> here.camel.getRoute("slow").getConsumer() instanceof StatefulService consumer
                        && consumer.getStatus().isSuspended());
        for (int change = 2; change < 4; change++) {
            approved(here, "watcher", watcher(change));
            assertThat(here.runs()).isEqualTo(change);
        }
        assertThat(approval).isNotDone();
        assertThat(owner.sql(
                                "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'")
                        .query(Long.class)
                        .single())
                .as("transactions that are held")
                .isZero();
        here.letThrough.countDown();
        assertThat(approval.get(20, TimeUnit.SECONDS)).isInstanceOf(Decided.Done.class);
        assertThat(here.runs("slow")).isEqualTo(4);
        nothingWasLost();
    }
}
