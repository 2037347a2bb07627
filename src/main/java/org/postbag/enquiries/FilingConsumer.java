package org.postbag.enquiries;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.postbag.receiving.KafkaConnection;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plain loop: poll, file, commit the offsets. While a server is away it pauses, stays a member of its group, and tries the same batch again for
 * ever; offsets are committed only after the database.
 */
final class FilingConsumer implements Runnable {

    private static final int POLL_RECORDS_MAX = 500;
    /** Each may take minutes to read. */
    private static final int POLL_LETTERS_MAX = 2;

    private static final Duration POLL_LETTERS_PERIOD_MAX = Duration.ofMinutes(30);
    private static final Duration POLL_PERIOD_MAX = Duration.ofMinutes(5);
    private static final Duration POLL_WAIT = Duration.ofMillis(500);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration LAST_BACK_OFF = Duration.ofSeconds(15);
    private static final Logger LOG = LoggerFactory.getLogger(FilingConsumer.class);

    private final KafkaConsumer<String, byte[]> consumer;
    private final String topic;
    private final Consumer<List<Receipt>> filer;
    private volatile boolean stopped;
    private boolean away;
    private String awayFor = "";

    FilingConsumer(KafkaConnection kafka, String topic, String group, String instance, Consumer<List<Receipt>> filer) {
        this.topic = topic;
        this.filer = filer;
        boolean letters = topic.equals(KafkaConnection.LETTERS_TOPIC);
        this.consumer = new KafkaConsumer<>(
                kafka.client(Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        // A name of its own, so that the group doesn't wait for the member that a kill left behind.
                        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                        instance,
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        10_000,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        letters ? POLL_LETTERS_MAX : POLL_RECORDS_MAX,
                        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                        (int) (letters ? POLL_LETTERS_PERIOD_MAX : POLL_PERIOD_MAX).toMillis(),
                        // A topic that is made after this starts is seen soon.
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        10_000)),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Ends the loop soon: after the batch in hand, or at once while waiting. */
    void stop() {
        stopped = true;
        consumer.wakeup();
    }

    @Override
    public void run() {
        try (consumer) {
            consumer.subscribe(List.of(topic), new PauseNewPartitions());
            while (!stopped) {
                step();
            }
        } catch (WakeupException end) {
            if (!stopped) {
                throw end;
            }
        }
    }

    private void step() {
        var receipts = new ArrayList<Receipt>();
        var polled = consumer.poll(POLL_WAIT);
        polled.forEach(received -> read(received, receipts));
        if (polled.isEmpty() || !fileUntilDone(receipts)) {
            return;
        }
        try {
            consumer.commitSync();
        } catch (CommitFailedException | RetriableException moved) {
            // The partitions went to another consumer: it files the same receipts again, which changes nothing.
            LOG.info("Offsets were not committed: {}", moved.getClass().getSimpleName());
        }
    }

    /** @return false if this ends before the batch is filed */
    private boolean fileUntilDone(List<Receipt> receipts) {
        var backOff = FIRST_BACK_OFF;
        try {
            while (!stopped) {
                try {
                    filer.accept(receipts);
                    return true;
                } catch (ServerAway fault) {
                    noteAway(ItemReader.where(root(fault)));
                    waitPaused(backOff, receipts);
                    backOff = backOff.multipliedBy(2).compareTo(LAST_BACK_OFF) > 0
                            ? LAST_BACK_OFF
                            : backOff.multipliedBy(2);
                }
            }
            return false;
        } finally {
            if (away && !stopped) {
                LOG.info("Filing goes on");
                consumer.resume(consumer.paused());
            }
            away = false;
            awayFor = "";
        }
    }

    /** Said once for each fault, however often the batch is tried. */
    private void noteAway(String why) {
        if (!why.equals(awayFor)) {
            LOG.warn("Filing pauses, nothing is lost: {}", why);
        }
        away = true;
        awayFor = why;
    }

    /** Polling while all is paused keeps the membership. What it still brings is filed with the batch, since its offsets will be committed with it. */
    private void waitPaused(Duration backOff, List<Receipt> receipts) {
        consumer.pause(consumer.assignment());
        for (var received : consumer.poll(backOff)) {
            read(received, receipts);
        }
    }

    private static void read(ConsumerRecord<String, byte[]> received, List<Receipt> receipts) {
        try {
            var receipt = ReceiptCodec.decode(received.value() == null ? new byte[0] : received.value());
            receipts.add(receipt.sentAt(Instant.ofEpochMilli(received.timestamp())));
        } catch (IllegalArgumentException notAReceipt) {
            // The raw file has the receipt too: reconciliation sends it again.
            LOG.error(
                    "What stands at {}-{} offset {} is no receipt, and is left out",
                    received.topic(),
                    received.partition(),
                    received.offset());
        }
    }

    private static Throwable root(Throwable fault) {
        var root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private final class PauseNewPartitions implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // The batch in hand is filed whoever has them: filing twice changes nothing.
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (away) {
                consumer.pause(partitions);
            }
        }
    }
}
