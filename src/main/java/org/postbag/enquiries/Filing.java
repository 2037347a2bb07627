package org.postbag.enquiries;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postbag.receiving.KafkaConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Runs the consumers that file, and sweeps up receipts that a replay left waiting. Goes up after the servers, and down before them. */
@Component
@ConditionalOnProperty(name = "postbag.filing.enabled", matchIfMissing = true)
@Profile("!command")
class Filing implements SmartLifecycle {

    private static final Duration STOP_WAIT = Duration.ofSeconds(30);
    private static final Duration SWEEP_PERIOD = Duration.ofSeconds(10);
    /** A replay files by itself at once; what waits longer was left behind. */
    private static final Duration WAITING_LEFT_BEHIND = Duration.ofSeconds(30);

    private static final Duration RESTART_WAIT = Duration.ofSeconds(5);
    private static final int SWEEP_ITEMS_MAX = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Filing.class);

    private final ObjectProvider<KafkaConnection> kafka;
    private final Filer filer;
    private final StoredReceipts receipts;
    private final FilingSettings settings;
    private final Clock clock;
    private final List<Thread> threads = new ArrayList<>();
    private final List<FilingConsumer> consumers = new ArrayList<>();
    private CountDownLatch end = new CountDownLatch(0);
    private volatile boolean running;

    Filing(
            ObjectProvider<KafkaConnection> kafka,
            Filer filer,
            StoredReceipts receipts,
            FilingSettings settings,
            Clock clock) {
        this.kafka = kafka;
        this.filer = filer;
        this.receipts = receipts;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        var connection = kafka.getIfAvailable();
        if (connection == null) {
            LOG.warn("No Kafka is named, so nothing is filed");
            return;
        }
        end = new CountDownLatch(1);
        running = true;
        var node = settings.node().isBlank() ? machine() : settings.node();
        for (int i = 1; i <= settings.consumers(); i++) {
            var instance = "filing-" + node + "-" + i;
            run(instance, () -> consume(connection, KafkaConnection.TOPIC, KafkaConnection.FILING_GROUP, instance));
        }
        var letters = "letters-" + node;
        run(letters, () -> consume(connection, KafkaConnection.LETTERS_TOPIC, KafkaConnection.LETTERS_GROUP, letters));
        run("filing-sweep", this::sweepUntilEnd);
    }

    @Override
    public void stop() {
        running = false;
        end.countDown();
        synchronized (consumers) {
            consumers.forEach(FilingConsumer::stop);
        }
        for (var thread : List.copyOf(threads)) {
            try {
                thread.join(STOP_WAIT.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run(String name, Runnable task) {
        threads.add(Thread.ofPlatform().name(name).start(task));
    }

    /** A consumer that ends by a fault of Kafka's, or for want of memory, is followed by another. */
    private void consume(KafkaConnection connection, String topic, String group, String instance) {
        while (running) {
            try {
                consumeUntilEnd(connection, topic, group, instance);
            } catch (RuntimeException | Error fault) {
                LOG.error("The consumer {} ended and is started again: {}", instance, ItemReader.where(fault));
                waitFor(RESTART_WAIT);
            }
        }
    }

    private void consumeUntilEnd(KafkaConnection connection, String topic, String group, String instance) {
        var consumer = new FilingConsumer(connection, topic, group, instance, filer::file);
        synchronized (consumers) {
            consumers.add(consumer);
        }
        try {
            if (!running) {
                consumer.stop();
            }
            consumer.run();
        } finally {
            synchronized (consumers) {
                consumers.remove(consumer);
            }
        }
    }

    private void sweepUntilEnd() {
        while (running) {
            try {
                sweep();
            } catch (RuntimeException | Error fault) {
                LOG.warn("Waiting receipts are looked for again later: {}", ItemReader.where(fault));
            }
            waitFor(SWEEP_PERIOD);
        }
    }

    private void sweep() {
        int fitting = filer.fileFitting(SWEEP_ITEMS_MAX);
        if (fitting > 0) {
            LOG.info("{} sent items that waited in quarantine fit somebody now, and are filed", fitting);
        }
        var left = receipts.waitingSince(clock.instant().minus(WAITING_LEFT_BEHIND), SWEEP_ITEMS_MAX);
        if (!left.isEmpty()) {
            LOG.info("{} receipts wait since a replay, and are filed", left.size());
            filer.file(left);
        }
    }

    private void waitFor(Duration time) {
        try {
            if (end.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                running = false;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "node";
        }
    }
}
