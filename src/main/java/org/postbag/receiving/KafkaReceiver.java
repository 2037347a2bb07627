package org.postbag.receiving;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Raw bytes to the raw store, in parallel; receipts to Kafka, together; then the tally. */
final class KafkaReceiver implements Receiver, AutoCloseable {

    private static final int STORING_AT_ONCE_MAX = 16;
    private static final String STORE_AWAY = "The raw store is away";
    private static final Duration SEND_WAIT = Duration.ofSeconds(20);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final RawStore rawStore;
    private final IdentityKey identityKey;
    private final Tallies tallies;
    private final Clock clock;
    private final Duration sendWait;
    private final Origins origins;
    private final Producer<String, byte[]> producer;
    /** Threads that stay: Tink keeps what it needs by thread, and looks long for it on a new one. */
    private final ExecutorService storing = Executors.newFixedThreadPool(
            STORING_AT_ONCE_MAX,
            Thread.ofPlatform().daemon().name("storing-", 1).factory());

    KafkaReceiver(
            RawStore rawStore,
            IdentityKey identityKey,
            Tallies tallies,
            KafkaConnection kafka,
            Clock clock,
            Origins origins) {
        this(rawStore, identityKey, tallies, kafka, clock, SEND_WAIT, origins);
    }

    /** @param sendWait how long Kafka may take to acknowledge before it counts as away */
    KafkaReceiver(
            RawStore rawStore,
            IdentityKey identityKey,
            Tallies tallies,
            KafkaConnection kafka,
            Clock clock,
            Duration sendWait,
            Origins origins) {
        this.origins = origins;
        this.rawStore = rawStore;
        this.identityKey = identityKey;
        this.tallies = tallies;
        this.clock = clock;
        this.sendWait = sendWait;
        this.producer = new KafkaProducer<>(
                kafka.client(Map.of(
                        "acks",
                        "all",
                        "enable.idempotence",
                        "true",
                        "linger.ms",
                        "2",
                        "max.block.ms",
                        sendWait.toMillis(),
                        "delivery.timeout.ms",
                        (int) sendWait.toMillis(),
                        "request.timeout.ms",
                        (int) sendWait.dividedBy(2).toMillis())),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Override
    public List<Acknowledgement> receive(List<Arrival> arrivals) {
        if (arrivals.isEmpty()) {
            return List.of();
        }
        for (Arrival arrival : arrivals) {
            if (arrival.content().length > CONTENT_BYTES_MAX) {
                throw new IllegalArgumentException("An item is larger than " + CONTENT_BYTES_MAX + " bytes");
            }
        }
        var acknowledged = store(arrivals);
        send(acknowledged.stream().map(Acknowledgement::receipt).toList());
        tally(acknowledged);
        return acknowledged;
    }

    /** Sends receipts that are in the raw store, and waits until Kafka has them. */
    void send(List<Receipt> receipts) {
        var sent = new ArrayList<Future<RecordMetadata>>(receipts.size());
        try {
            for (Receipt receipt : receipts) {
                sent.add(producer.send(new ProducerRecord<>(
                        KafkaConnection.topic(receipt.channel()), receipt.id().hex(), ReceiptCodec.encode(receipt))));
            }
            producer.flush();
        } catch (org.apache.kafka.common.KafkaException away) {
            throw new ReceivingUnavailable("Kafka is away", away);
        }
        sent.forEach(future -> await(future, "Kafka is away"));
    }

    @Override
    public void close() {
        storing.close();
        producer.close(CLOSE_WAIT);
    }

    /** Raw bytes only, durably. */
    List<Acknowledgement> store(List<Arrival> arrivals) {
        var placings = new ArrayList<Future<RawStore.Placed>>(arrivals.size());
        for (Arrival arrival : arrivals) {
            placings.add(storing.submit(() -> rawStore.place(receipt(arrival), arrival.content())));
        }
        // All are awaited, also where one fails, so that nothing of this call is still being written after it.
        ReceivingUnavailable fault = null;
        var placed = new ArrayList<RawStore.Placed>(arrivals.size());
        for (var one : placings) {
            try {
                placed.add(await(one, STORE_AWAY));
            } catch (ReceivingUnavailable away) {
                fault = away;
            }
        }
        if (fault != null) {
            throw fault;
        }
        return acknowledged(placed);
    }

    private List<Acknowledgement> acknowledged(List<RawStore.Placed> placed) {
        var acknowledged = new ArrayList<Acknowledgement>(placed.size());
        try {
            var settled = rawStore.settle(placed);
            for (int i = 0; i < placed.size(); i++) {
                var receipt = settled.get(i);
                // A receipt of the same content and millisecond may be another's.
                boolean known =
                        !placed.get(i).isNew() || receipt != placed.get(i).receipt();
                acknowledged.add(new Acknowledgement(receipt, known));
            }
        } catch (IOException away) {
            throw new ReceivingUnavailable(STORE_AWAY, away);
        }
        return acknowledged;
    }

    private Receipt receipt(Arrival arrival) {
        var series = arrival.series() == null ? null : identityKey.series(arrival.channel(), arrival.series());
        return Receipt.of(
                identityKey.receiptId(arrival),
                arrival,
                series,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                origins.of(arrival.route()));
    }

    private void tally(List<Acknowledgement> acknowledged) {
        try {
            tallies.add(acknowledged, clock.instant());
        } catch (IOException full) {
            throw new ReceivingUnavailable("The tally of what sources listed cannot be written", full);
        }
    }

    private <T> T await(Future<T> future, String what) {
        try {
            return future.get(sendWait.toMillis() * 3, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new ReceivingUnavailable(what, failed);
        } catch (TimeoutException slow) {
            throw new ReceivingUnavailable(what, slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ReceivingUnavailable("Interrupted", interrupted);
        }
    }
}
