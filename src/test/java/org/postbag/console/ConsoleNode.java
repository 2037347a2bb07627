package org.postbag.console;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.postbag.TestServers.Database;
import org.postbag.audit.AuditTrails;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A node as far as route management goes: a Camel of its own, and a way to the shared database that can be cut. */
public final class ConsoleNode implements AutoCloseable {

    static final StaffMember TOM = new StaffMember("staff:tom", "Tom Ackroyd", Set.of(Role.ROUTE_OPERATOR));
    static final Duration DRAIN_MAX = Duration.ofSeconds(2);
    static final Duration START_MAX = Duration.ofSeconds(1);

    final DefaultCamelContext camel = new DefaultCamelContext();
    final CutDataSource network;
    final AtomicInteger ticks = new AtomicInteger();
    final CountDownLatch letThrough = new CountDownLatch(1);
    final CountDownLatch answers = new CountDownLatch(1);
    final RouteWatch watch;
    final RouteDesk desk;

    private ConsoleNode(Database database, Path folder, String name, Clock clock, Consumer<CamelContext> more) {
        network = new CutDataSource(database);
        var jdbc = JdbcClient.create(network);
        var changes = new WantedChanges(
                jdbc, AuditTrails.in(jdbc, clock), new TransactionTemplate(new JdbcTransactionManager(network)));
        var files = new RouteFiles(folder.resolve("connectors"), folder.resolve("routes"));
        watch = new RouteWatch(
                camel,
                files,
                new RouteTurns(),
                changes,
                network,
                clock,
                name,
                new RouteRunner(camel, DRAIN_MAX, START_MAX));
        desk = new RouteDesk(camel, files, watch, changes);
        camel.getRegistry().bind("ticks", (Processor) exchange -> ticks.incrementAndGet());
        camel.getRegistry().bind("slow", (Processor) exchange -> letThrough.await(1, TimeUnit.MINUTES));
        camel.addComponent("hangs", new Starting(address -> answers.await()));
        more.accept(camel);
        camel.getGlobalOptions().put("folder", folder.toString());
        camel.getPropertiesComponent().addInitialProperty("folder", folder.toString());
        camel.start();
        files.afterApplicationStart(camel);
    }

    static ConsoleNode start(Database database, Path folder, String name, Clock clock) {
        var node = loaded(database, folder, name, clock, camel -> {});
        node.begin();
        return node;
    }

    /** Its routes don't run yet. @param more what its Camel has besides */
    public static ConsoleNode loaded(
            Database database, Path folder, String name, Clock clock, Consumer<CamelContext> more) {
        return new ConsoleNode(database, folder, name, clock, more);
    }

    public void begin() {
        watch.begin();
    }

    public CamelContext camel() {
        return camel;
    }

    public WantedState wanted() {
        return watch;
    }

    RouteDesk.Shown shown(String route) {
        return desk.one(route).orElseThrow();
    }

    /** How the route is on this node. */
    String here(String route) {
        return shown(route).nodes().stream()
                .filter(RouteDesk.OnNode::here)
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Override
    public void close() {
        letThrough.countDown();
        answers.countDown();
        network.mend();
        watch.stop();
        camel.stop();
        network.cut();
    }

    /** What a sender gets that uses a door. */
    Exchange send(String door) {
        try (var template = camel.createProducerTemplate()) {
            return template.request("direct:" + door + "?block=false&failIfNoConsumers=true", exchange -> {});
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
