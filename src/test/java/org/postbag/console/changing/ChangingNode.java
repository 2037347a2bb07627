package org.postbag.console.changing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.postbag.TestServers.Database;
import org.postbag.audit.AuditTrails;
import org.postbag.console.CutDataSource;
import org.postbag.console.LoadedRoutes;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A node as far as versions of routes go: a Camel of its own, a folder that is being filled, and a way to the shared database that can be cut. */
final class ChangingNode implements AutoCloseable {

    final CutDataSource network;
    final Versions versions;
    final Decisions decisions;
    final DefaultCamelContext camel = new DefaultCamelContext();
    final Set<String> taken = ConcurrentHashMap.newKeySet();
    final Set<String> doubled = ConcurrentHashMap.newKeySet();
    final AtomicInteger sent = new AtomicInteger();
    /** What a route that is slow has in hand goes on only after it. */
    final CountDownLatch letThrough = new CountDownLatch(1);

    final CountDownLatch slowBegun = new CountDownLatch(1);
    private final InForce inForce;
    private final Path in;
    private final Path outside;
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();

    private ChangingNode(Database database, Path folder, Path own) throws Exception {
        in = Files.createDirectories(own.resolve("in"));
        outside = Files.createDirectories(own.resolve("outside"));
        camel.getRegistry().bind("taking", (Processor) this::take);
        camel.getRegistry().bind("slow", (Processor) exchange -> {
            slowBegun.countDown();
            letThrough.await(1, TimeUnit.MINUTES);
        });
        camel.getPropertiesComponent().addInitialProperty("own", own.toString());
        camel.start();
        var routes = LoadedRoutes.of(camel, folder);

        network = new CutDataSource(database);
        var jdbc = JdbcClient.create(network);
        var manager = new JdbcTransactionManager(network);
        var transaction = new TransactionTemplate(manager);
        var table = new VersionTable(jdbc, JsonMapper.shared(), Clock.systemUTC());
        var beans = new StaticListableBeanFactory();
        beans.addBean("watchers", new Watchers(routes));
        var kinds = new Kinds(beans.getBeanProvider(Changeable.class));
        var proxy = new ProxyFactory(new Versions(table, AuditTrails.in(jdbc, Clock.systemUTC())));
        proxy.setProxyTargetClass(true);
        proxy.addAdvice(new TransactionInterceptor(manager, new AnnotationTransactionAttributeSource()));
        versions = (Versions) proxy.getProxy();
        inForce = new InForce(versions, table, kinds);
        decisions = new Decisions(
                versions,
                table,
                kinds,
                new Placement(table, kinds, inForce, transaction),
                transaction,
                Clock.systemUTC());
    }

    /** @param folder with the routes that all nodes have */
    static ChangingNode start(Database database, Path folder, Path own) throws Exception {
        var node = new ChangingNode(database, folder, own);
        node.inForce.start();
        node.sender.scheduleWithFixedDelay(node::drop, 0, 10, TimeUnit.MILLISECONDS);
        return node;
    }

    /** Which version of the watcher runs here: each asks for another number of files at once. */
    int runs() {
        return runs("watcher");
    }

    /** 0 where it isn't there, or doesn't run. */
    int runs(String id) {
        var route = camel.getRoute(id);
        var status = camel.getRouteController().getRouteStatus(id);
        return route != null && status != null && status.isStarted() && route.getEndpoint() instanceof FileEndpoint file
                ? file.getMaxMessagesPerPoll()
                : 0;
    }

    private void take(Exchange exchange) {
        var name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        if (!taken.add(name)) {
            doubled.add(name);
        }
    }

    private void drop() {
        var name = "item-" + sent.incrementAndGet();
        try {
            Files.move(
                    Files.writeString(outside.resolve(name), name), in.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing comes after it. */
    void dropNoMore() throws InterruptedException {
        sender.shutdown();
        sender.awaitTermination(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        letThrough.countDown();
        sender.shutdownNow();
        inForce.destroy();
        camel.stop();
        network.cut();
    }

    /** Routes that may do anything: what they may is another test's. */
    private record Watchers(RunningRoutes routes) implements Changeable {

        @Override
        public String kind() {
            return RouteChanges.KIND;
        }

        @Override
        public String label() {
            return "route";
        }

        @Override
        public List<String> names() {
            return routes.ofFiles();
        }

        @Override
        public Optional<String> fileText(String name) {
            return routes.fileText(name);
        }

        @Override
        public List<Finding> check(String name, String text) {
            return List.of();
        }

        @Override
        public Optional<String> atRest(String name, Runnable change) {
            return routes.atRest(name, change);
        }

        @Override
        public CarriedOut carryOut(String name, String text) {
            return routes.put(name, text);
        }

        @Override
        public CarriedOut retire(String name) {
            return routes.remove(name);
        }

        @Override
        public String editPath(String name) {
            return "/routes/" + name + "/change";
        }
    }
}
