package org.postbag.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.postbag.console.ConsoleNode.TOM;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.TestServers;
import org.postbag.TestServers.Database;
import org.postbag.audit.AuditTrail.Entry;
import org.postbag.audit.AuditTrails;
import org.postbag.audit.Subject;
import org.postbag.console.RouteDesk.Outcome;
import org.postbag.console.WantedState.Renewal;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/** Nodes that share a database: what is wanted of routes is carried out on each, and pollers run on one at a time. */
class WantedRoutesTest {

    private static Database database;

    @TempDir
    Path folder;

    private final List<ConsoleNode> nodes = new ArrayList<>();

    @BeforeAll
    static void migrate() {
        database = TestServers.database();
    }

    @BeforeEach
    void routes() throws Exception {
        write("poller", "timer:poller?period=50&delay=10", "ticks");
        write("door", "direct:door", "slow");
        JdbcClient.create(database.owner())
                .sql("truncate route_state, route_state_before, route_run, node, route_node")
                .update();
    }

    @AfterEach
    void end() {
        nodes.forEach(ConsoleNode::close);
    }

    private void write(String id, String uri, String step) throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        Files.createDirectories(folder.resolve("connectors"));
        Files.writeString(folder.resolve("routes/" + id + ".camel.yaml"), """
                - route:
                    id: %s
                    from:
                      uri: "%s"
                      steps:
                        - process:
                            ref: %s
                """.formatted(id, uri, step));
    }

    private ConsoleNode node(String name) {
        return node(name, Clock.systemUTC());
    }

    private ConsoleNode node(String name, Clock clock) {
        var node = ConsoleNode.start(database, folder, name, clock);
        nodes.add(node);
        return node;
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
    }

    private static void done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    private static List<Entry> trail(String route) {
        return AuditTrails.in(JdbcClient.create(database.application()), Clock.systemUTC())
                .history(new Subject("route", route), 10);
    }

    @Test
    void aRouteIsStoppedOnEveryNodeAndStaysSoOverARestart() {
        var one = node("one");
        var other = node("other");
        assertThat(one.here("door")).isEqualTo("started");

        done(one.desk.change(List.of("door", "poller"), Act.STOP, "The supplier works on it", null, TOM));

        // Within a second, which the page promises; the machine may be busy.
        await().atMost(Duration.ofSeconds(3)).until(() -> other.here("door").equals("stopped"));
        soon().until(() -> one.shown("poller").state().equals("stopped")
                && other.shown("poller").state().equals("stopped"));
        var later = node("later");
        for (var node : nodes) {
            soon().until(() ->
                    node.here("door").equals("stopped") && node.here("poller").equals("stopped"));
            assertThat(node.shown("door").wanted()).isEqualTo("stopped");
            assertThat(node.shown("door").by()).isEqualTo("tom");
            assertThat(node.shown("door").reason()).isEqualTo("The supplier works on it");
            assertThat(node.shown("door").since()).isNotNull();
        }
        assertThat(later.send("door").getException()).isNotNull();
        assertThat(later.ticks).hasValue(0);
    }

    @Test
    void aPollerRunsOnOneNodeAndMovesInOrder() {
        var one = node("one");
        soon().until(() -> one.here("poller").equals("started"));
        var other = node("other");
        soon().until(() -> other.here("poller").equals("standby")
                && "one".equals(other.shown("poller").node()));
        assertThat(other.shown("poller").state()).isEqualTo("started");
        assertThat(other.here("door")).isEqualTo("started");

        long before = System.nanoTime();
        one.watch.stop();

        soon().until(() -> other.here("poller").equals("started"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        assertThat(RouteRunner.real(one.camel, "poller")).isEqualTo(Transition.Real.STOPPED);
    }

    /** A node that can't reach the database any more, as others can: it stops polling before another begins. */
    @Test
    void aPollerMovesWhenItsNodeIsCutOff() {
        var one = node("one");
        soon().until(() -> one.here("poller").equals("started"));
        var other = node("other");
        soon().until(() -> other.here("poller").equals("standby"));
        soon().until(() -> !one.shown("poller").nodes().stream().allMatch(RouteDesk.OnNode::here));

        one.network.cut();

        soon().until(() -> other.here("poller").equals("started"));
        assertThat(RouteRunner.real(one.camel, "poller")).isEqualTo(Transition.Real.STOPPED);
        assertThat(one.here("door")).isEqualTo("started");
        assertThat(one.desk.unknownSince()).isPresent();
        int ticks = one.ticks.get();
        soon().until(() -> other.ticks.get() > 2);
        assertThat(one.ticks).hasValue(ticks);

        one.network.mend();
        soon().until(() -> one.desk.unknownSince().isEmpty());
        assertThat(one.here("poller")).isEqualTo("standby");
    }

    @Test
    void routesGoOnWhileTheDatabaseIsAway() {
        var one = node("one");
        one.letThrough.countDown();
        soon().until(() -> one.ticks.get() > 0);

        one.network.cut();
        soon().until(() -> one.desk.unknownSince().isPresent());
        int ticks = one.ticks.get();

        soon().until(() -> one.ticks.get() > ticks + 5);
        assertThat(one.send("door").getException()).isNull();
        assertThat(one.shown("poller").state()).isEqualTo("started");
        assertThatThrownBy(() -> one.desk.change(List.of("door"), Act.STOP, "why", null, TOM))
                .isInstanceOfAny(DataAccessException.class, TransactionException.class);

        one.network.mend();
        soon().until(() -> one.desk.unknownSince().isEmpty());
        assertThat(one.here("poller")).isEqualTo("started");
        done(one.desk.change(List.of("door"), Act.STOP, "why", null, TOM));
        soon().until(() -> one.here("door").equals("stopped"));
    }

    /** The nodes' own clocks don't matter: these are years off. */
    @Test
    void whatIsStoppedUntilATimeStartsAgainByItself() {
        var one = node("one", Clock.fixed(Instant.parse("2031-01-01T00:00:00Z"), ZoneOffset.UTC));
        var until = JdbcClient.create(database.application())
                .sql("select now()")
                .query(java.time.OffsetDateTime.class)
                .single()
                .toInstant()
                .plusSeconds(2);
        assertThat(one.desk.change(List.of("door"), Act.STOP, "why", until.minusSeconds(10), TOM))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(one.desk.change(List.of("door"), Act.START, "why", until, TOM))
                .isInstanceOf(Outcome.Refused.class);

        done(one.desk.change(List.of("door"), Act.SUSPEND, "why", until, TOM));
        soon().until(() -> one.here("door").equals("suspended"));
        assertThat(one.shown("door").until()).isEqualTo(until);

        soon().until(() -> one.here("door").equals("started"));
        assertThat(one.shown("door").until()).isNull();
        assertThat(one.shown("door").by()).isEqualTo("Postbag (routes)");
        var entry = trail("door").getFirst();
        assertThat(entry.actor()).isEqualTo("job:routes");
        assertThat(entry.detail()).isEqualTo("started again");
        assertThat(entry.before()).startsWith("suspended until ").endsWith(": why");
        assertThat(entry.after()).startsWith("started");
    }

    @Test
    void aStopThatNeverDrainsSaysWhatWasLeftAndLosesNothing() {
        var one = node("one");
        var sent = CompletableFuture.supplyAsync(() -> one.send("door"), Thread::startVirtualThread);
        soon().until(() -> one.shown("door").inHand() == 1);

        long before = System.nanoTime();
        done(one.desk.change(List.of("door"), Act.STOP, "why", null, TOM));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ConsoleNode.DRAIN_MAX);
        assertThat(one.shown("door").state()).isEqualTo("stopping");
        assertThat(one.shown("door").inHand()).isEqualTo(1);
        assertThat(one.send("door").getException()).isNotNull();

        soon().until(() -> one.here("door").equals("stopped"));
        assertThat(one.shown("door").problem()).startsWith("1 item was still in hand after 2 seconds. Nothing is lost");
        assertThat(sent).isNotDone();
        one.letThrough.countDown();
        // Its sender is told that it was not taken in, and keeps it.
        assertThat(sent.join().getException()).isNotNull();

        done(one.desk.change(List.of("door"), Act.START, null, null, TOM));
        soon().until(() -> one.here("door").equals("started"));
        assertThat(one.shown("door").problem()).isNull();
        assertThat(one.send("door").getException()).isNull();
    }

    @Test
    void drainingEndsWhenNothingIsInHandOrWhenItIsWantedNoMore() {
        var one = node("one");
        var sent = CompletableFuture.supplyAsync(() -> one.send("door"), Thread::startVirtualThread);
        soon().until(() -> one.shown("door").inHand() == 1);
        done(one.desk.change(List.of("door"), Act.SUSPEND, "why", null, TOM));
        assertThat(one.shown("door").state()).isEqualTo("suspending");

        done(one.desk.change(List.of("door"), Act.RESUME, null, null, TOM));
        soon().until(() -> one.here("door").equals("started"));
        var second = CompletableFuture.supplyAsync(() -> one.send("door"), Thread::startVirtualThread);
        soon().until(() -> one.shown("door").inHand() == 2);

        done(one.desk.change(List.of("door"), Act.SUSPEND, "why", null, TOM));
        one.letThrough.countDown();
        soon().until(() -> one.here("door").equals("suspended"));
        assertThat(one.shown("door").problem()).isNull();
        assertThat(sent.join().getException()).isNull();
        assertThat(second.join().getException()).isNull();
    }

    /** As when its secret was changed: what is in hand ends first, and what is held back stays so. */
    @Test
    void aRouteBeginsAnewWithoutLosingWhatItHasInHand() {
        var one = node("one");
        soon().until(() -> one.here("poller").equals("started"));
        var other = node("other");
        soon().until(() -> other.here("poller").equals("standby"));
        var sent = CompletableFuture.supplyAsync(() -> one.send("door"), Thread::startVirtualThread);
        soon().until(() -> one.shown("door").inHand() == 1);

        var door = CompletableFuture.supplyAsync(() -> one.watch.renew("door"), Thread::startVirtualThread);
        soon().until(() -> one.here("door").equals("stopping"));
        assertThat(one.watch.renew("poller")).isEqualTo(Renewal.ANEW);
        assertThat(other.watch.renew("poller")).isEqualTo(Renewal.DID_NOT_RUN);
        assertThat(door).isNotDone();
        one.letThrough.countDown();

        assertThat(door.join()).isEqualTo(Renewal.ANEW);
        assertThat(sent.join().getException()).isNull();
        assertThat(one.here("door")).isEqualTo("started");
        int ticks = one.ticks.get();
        soon().until(() -> one.ticks.get() > ticks);

        done(one.desk.change(List.of("door"), Act.SUSPEND, "why", null, TOM));
        soon().until(() -> one.here("door").equals("suspended"));
        assertThat(one.watch.renew("door")).isEqualTo(Renewal.ANEW);
        assertThat(one.here("door")).isEqualTo("suspended");
        assertThat(one.send("door").getException()).isNotNull();
        done(one.desk.change(List.of("door"), Act.STOP, "why", null, TOM));
        soon().until(() -> one.here("door").equals("stopped"));
        assertThat(one.watch.renew("door")).isEqualTo(Renewal.DID_NOT_RUN);
        assertThat(one.watch.renew("nowhere")).isEqualTo(Renewal.DID_NOT_RUN);
    }

    @Test
    void aConnectorThatHangsHoldsUpNobodyElse() throws Exception {
        write("hanging", "hangs:x", "ticks");
        var one = node("one");

        long before = System.nanoTime();
        one.desk.all();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(300));
        soon().until(() -> String.valueOf(one.shown("hanging").problem()).contains("did not answer within 1 seconds"));
        assertThat(one.shown("poller").state()).isEqualTo("started");
        done(one.desk.change(List.of("door"), Act.STOP, "why", null, TOM));
        soon().until(() -> one.here("door").equals("stopped"));

        one.answers.countDown();
        soon().until(() -> one.here("hanging").equals("started"));
        assertThat(one.shown("hanging").problem()).isNull();
    }

    @Test
    void aChangeStandsInTheTrailAndCanBeUndone() {
        var one = node("one");
        done(one.desk.change(List.of("poller"), Act.SUSPEND, "first", null, TOM));

        var stopped = (Outcome.Done) one.desk.change(List.of("door", "poller"), Act.STOP, "second", null, TOM);
        assertThat(stopped.changed()).containsExactly("door", "poller");
        assertThat(((Outcome.Done) one.desk.change(List.of("door"), Act.STOP, "second", null, TOM)).changed())
                .isEmpty();
        var entry = trail("poller").getFirst();
        assertThat(entry.actor()).isEqualTo("staff:tom");
        assertThat(entry.before()).isEqualTo("suspended: first");
        assertThat(entry.after()).isEqualTo("stopped: second");

        assertThat(one.desk.undo(stopped.number(), TOM)).containsExactly("door", "poller");
        soon().until(() ->
                one.here("door").equals("started") && one.here("poller").equals("suspended"));
        assertThat(trail("poller").getFirst().detail()).isEqualTo("undone");
        assertThat(one.desk.undo(stopped.number(), TOM)).isEmpty();
        assertThat(one.desk.change(List.of("door", "nowhere"), Act.STOP, "x", null, TOM))
                .isEqualTo(new Outcome.NoSuchRoute("nowhere"));
        assertThat(one.here("door")).isEqualTo("started");
    }

    /** Asked for on one node, done by the one that polls. */
    @Test
    void aPollerRunsWhenSomebodyAsksForIt() throws Exception {
        write("hourly", "timer:hourly?period=3600000&delay=3600000", "ticks");
        write("files", "file:" + folder + "/in?initialDelay=3600000&delay=3600000&noop=true", "ticks");
        Files.delete(folder.resolve("routes/poller.camel.yaml"));
        var one = node("one");
        soon().until(() -> one.here("hourly").equals("started"));
        var other = node("other");
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/item"), "x");

        done(other.desk.change(List.of("hourly", "files"), Act.RUN, null, null, TOM));

        soon().until(() -> one.ticks.get() == 2 && other.shown("hourly").ranAt() != null);
        soon().until(() -> other.shown("files").ranAt() != null);
        assertThat(other.ticks).hasValue(0);
        assertThat(trail("hourly").getFirst().detail()).isEqualTo("run now");
        assertThat(one.desk.change(List.of("door"), Act.RUN, null, null, TOM)).isInstanceOf(Outcome.Refused.class);
        done(one.desk.change(List.of("hourly"), Act.STOP, "x", null, TOM));
        assertThat(one.desk.change(List.of("hourly"), Act.RUN, null, null, TOM))
                .isEqualTo(new Outcome.Refused("hourly is stopped. Start it first."));
    }
}
