package org.postbag.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.console.changing.CarriedOut;

/** Swapping a route while its source is being filled. */
class RouteSwapTest {

    private static final int SWAPS = 10;

    @TempDir
    Path folder;

    private String watching(String option) {
        return """
                - route:
                    id: watcher
                    from:
                      uri: file
                      parameters:
                        directoryName: "%s"
                        move: .taken
                        initialDelay: 0
                        delay: 10
                        %s
                      steps:
                        - process:
                            ref: taking
                """.formatted(folder.resolve("in"), option);
    }

    @Test
    void nothingIsLostWhileGoodAndBadVersionsComeAndGo() throws Exception {
        var taken = ConcurrentHashMap.<String>newKeySet();
        var doubled = ConcurrentHashMap.<String>newKeySet();
        try (var context = new DefaultCamelContext();
                var sender = Executors.newSingleThreadScheduledExecutor()) {
            var files = started(context, taken, doubled);
            var sent = new AtomicInteger();
            sender.scheduleWithFixedDelay(() -> drop("item-" + sent.incrementAndGet()), 0, 5, TimeUnit.MILLISECONDS);

            for (int swap = 0; swap < SWAPS; swap++) {
                var good = watching("maxMessagesPerPoll: " + (swap + 1));
                assertThat(files.put("watcher", good)).isEqualTo(new CarriedOut.InForce());
                for (var bad : Set.of("noSuchOption: 1", "delay: soon", "idempotentRepository: '#nothing'")) {
                    assertThat(files.put("watcher", watching(bad))).isInstanceOf(CarriedOut.LeftAsItWas.class);
                }
                assertThat(files.put("watcher", "- route: [\n")).isInstanceOf(CarriedOut.LeftAsItWas.class);
                assertThat(context.getRouteController()
                                .getRouteStatus("watcher")
                                .isStarted())
                        .isTrue();
            }

            await().atMost(Duration.ofSeconds(20)).until(() -> sent.get() > 100);
            sender.shutdown();
            assertThat(sender.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            await().atMost(Duration.ofSeconds(20)).until(() -> taken.size() == sent.get());
            assertThat(doubled).as("taken twice").isEmpty();
        }
    }

    @Test
    void whatWasStoppedStaysStoppedWithItsNewVersion() throws Exception {
        try (var context = new DefaultCamelContext()) {
            var files = started(context, ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
            context.getRouteController().stopRoute("watcher");

            assertThat(files.put("watcher", watching("maxMessagesPerPoll: 3"))).isEqualTo(new CarriedOut.InForce());
            assertThat(context.getRouteController().getRouteStatus("watcher").isStarted())
                    .isFalse();
            assertThat(files.put("watcher", watching("noSuchOption: 1"))).isInstanceOf(CarriedOut.LeftAsItWas.class);
            assertThat(context.getRouteController().getRouteStatus("watcher").isStarted())
                    .isFalse();
            assertThat(context.isAutoStartup()).isTrue();
        }
    }

    @Test
    void aRouteIsAddedAndTakenAway() throws Exception {
        try (var context = new DefaultCamelContext()) {
            var files = started(context, ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
            var other = watching("maxMessagesPerPoll: 1")
                    .replace("id: watcher", "id: other")
                    .replace("/in\"", "/other\"");

            assertThat(files.put("other", other)).isEqualTo(new CarriedOut.InForce());
            assertThat(files.isTaken("other")).isTrue();
            assertThat(context.getRouteController().getRouteStatus("other").isStarted())
                    .isTrue();
            assertThat(files.put("other", watching("maxMessagesPerPoll: 1")))
                    .as("a text of another route")
                    .isInstanceOf(CarriedOut.LeftAsItWas.class);
            assertThat(files.remove("other")).isEqualTo(new CarriedOut.InForce());
            assertThat(files.isTaken("other")).isFalse();
            assertThat(context.getRoute("other")).isNull();
        }
    }

    /** As with a letter that takes a minute to read. */
    @Test
    void aRouteThatDoesNotComeToRestGoesOn() throws Exception {
        try (var context = new DefaultCamelContext()) {
            var letThrough = new CountDownLatch(1);
            var busy = new CountDownLatch(1);
            context.getRegistry().bind("busy", (Processor) exchange -> {
                busy.countDown();
                letThrough.await();
            });
            var taken = ConcurrentHashMap.<String>newKeySet();
            var files = started(context, taken, ConcurrentHashMap.newKeySet());
            assertThat(files.put("watcher", watching("maxMessagesPerPoll: 1").replace("ref: taking", "ref: busy")))
                    .isEqualTo(new CarriedOut.InForce());
            drop("one");
            assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
            var runner = new RouteRunner(context, Duration.ofMillis(200), Duration.ofSeconds(1));
            var before = context.getRoute("watcher");

            assertThat(runner.atRest("watcher", () -> taken.add("never"))).isFalse();

            assertThat(taken).isEmpty();
            assertThat(context.getRoute("watcher")).isSameAs(before);
            letThrough.countDown();
            drop("two");
            await().atMost(Duration.ofSeconds(10)).until(() -> !Files.exists(folder.resolve("in/two")));
        }
    }

    private RouteFiles started(DefaultCamelContext context, Set<String> taken, Set<String> doubled) throws Exception {
        context.getRegistry().bind("taking", (Processor) exchange -> {
            var name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
            if (!taken.add(name)) {
                doubled.add(name);
            }
        });
        Files.createDirectories(folder.resolve("in"));
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/watcher.camel.yaml"), watching("recursive: false"));
        var files = new RouteFiles(folder.resolve("connectors"), folder.resolve("routes"));
        context.start();
        files.afterApplicationStart(context);
        assertThat(files.all()).allMatch(file -> file.problem() == null);
        assertThat(files.ofFiles()).containsExactly("watcher");
        return files;
    }

    private void drop(String name) {
        try {
            var whole = Files.writeString(folder.resolve(name), name);
            Files.move(whole, folder.resolve("in").resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
