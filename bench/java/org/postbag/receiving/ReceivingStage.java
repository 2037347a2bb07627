package org.postbag.receiving;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.postbag.bench.Parallel;
import org.postbag.bench.Program;

/** The two halves of receiving by themselves, each with its bare peer. */
public final class ReceivingStage implements AutoCloseable {

    /** As many as the receiver stores at once. */
    private static final int AT_ONCE = 16;

    /** What a poll of a mailbox brings. */
    public static final int POLL_MAILS = 100;

    private static final String ROUTE = "bench";
    private static final String PEER_TOPIC = "bench.peer";

    private final KafkaReceiver receiver;
    private final KafkaProducer<String, byte[]> peer;

    public ReceivingStage(Program program) throws Exception {
        receiver = program.bean(KafkaReceiver.class);
        var kafka = program.bean(KafkaConnection.class);
        try (var admin = Admin.create(kafka.client(Map.of()))) {
            admin.createTopics(List.of(new NewTopic(PEER_TOPIC, 4, (short) 1)))
                    .all()
                    .get();
        }
        peer = new KafkaProducer<>(
                kafka.client(Map.of("acks", "all")), new StringSerializer(), new ByteArraySerializer());
    }

    public static Arrival arrival(byte[] mail) {
        return Identity.mail(ROUTE, Direction.INBOUND, mail);
    }

    /** Works out who each is, and stores them as the receiver does: a poll's together. */
    public List<Receipt> store(List<byte[]> mails) {
        return Parallel.pieces(mails, POLL_MAILS).stream()
                .flatMap(poll -> receiver
                        .store(poll.parallelStream()
                                .map(ReceivingStage::arrival)
                                .toList())
                        .stream())
                .map(Acknowledgement::receipt)
                .toList();
    }

    public void send(List<Receipt> receipts) {
        Parallel.pieces(receipts, POLL_MAILS).forEach(receiver::send);
    }

    /** The peer of {@link #store}: plain files, each fsynced. */
    public static void writePlainFiles(List<byte[]> mails, Path folder) throws Exception {
        Parallel.each(mails, AT_ONCE, mail -> {
            try (var file = FileChannel.open(
                    folder.resolve(UUID.randomUUID().toString()),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap(mail));
                file.force(true);
            }
            return mail;
        });
    }

    /** The peer of {@link #send}: Kafka's producer with the same records. */
    public void produce(List<Receipt> receipts) {
        for (var poll : Parallel.pieces(receipts, POLL_MAILS)) {
            for (var receipt : poll) {
                peer.send(new ProducerRecord<>(PEER_TOPIC, receipt.id().hex(), ReceiptCodec.encode(receipt)));
            }
            peer.flush();
        }
    }

    @Override
    public void close() {
        peer.close();
    }
}
