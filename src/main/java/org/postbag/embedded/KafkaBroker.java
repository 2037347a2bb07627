package org.postbag.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.springframework.util.FileSystemUtils;

/** One Kafka broker and controller (KRaft) inside the program, on loopback only, with its log in a folder and each message flushed to disk. */
public final class KafkaBroker implements AutoCloseable {

    private static final String NODE = "1";

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private KafkaBroker(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * On any free ports.
     *
     * @param folder holds the log; made and formatted if absent
     * @throws IOException if the folder cannot be formatted
     */
    public static KafkaBroker start(Path folder) throws IOException {
        int port = LoopbackPorts.any();
        int controllerPort = LoopbackPorts.any();
        while (controllerPort == port) {
            controllerPort = LoopbackPorts.any();
        }
        return start(folder, port, controllerPort);
    }

    /** On ports of its own, which its clients find again after a stop and a start. */
    public static KafkaBroker start(Path folder, int port, int controllerPort) throws IOException {
        return start(folder, port, controllerPort, Map.of());
    }

    /** With further settings, or others, by Kafka's own names. */
    static KafkaBroker start(Path folder, int port, int controllerPort, Map<String, String> more) throws IOException {
        var log = folder.toAbsolutePath().resolve("log");
        format(log);
        var settings = settings(log, port, controllerPort);
        settings.putAll(more);
        var server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        server.startup();
        return new KafkaBroker(server, "127.0.0.1:" + port);
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Map<String, String> settings(Path log, int port, int controllerPort) {
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE);
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", log.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("log.flush.interval.messages", "1");
        // One broker: every internal topic has one replica, and few partitions so that a start is quick.
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // A killed run's registration lapses within three seconds rather than holding the next start up for nine.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "200");
        settings.put("controller.quorum.election.timeout.ms", "200");
        settings.put("controller.quorum.election.backoff.max.ms", "100");
        settings.put("controller.quorum.fetch.timeout.ms", "500");
        settings.put("log.cleaner.dedupe.buffer.size", "16777216");
        return settings;
    }

    private static void format(Path log) throws IOException {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        // That file is written last: without it, what lies here was cut short, and holds nothing yet.
        FileSystemUtils.deleteRecursively(log);
        Files.createDirectories(log);
        try (var quiet = new PrintStream(new ByteArrayOutputStream(), false, java.nio.charset.StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setNodeId(Integer.parseInt(NODE))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(log.toString())
                    .addDirectory(log.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The folder of the embedded Kafka cannot be formatted: " + log, e);
        }
    }
}
