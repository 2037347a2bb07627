package org.postbag.receiving;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postbag.settings.MissingSetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

@Configuration(proxyBeanMethods = false)
class ReceivingConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(ReceivingConfiguration.class);
    private static final int KEY_BYTES = 32;

    @Bean
    MasterKey masterKey(ReceivingSettings settings, Environment environment) throws IOException {
        return new MasterKey(
                key("master-key", settings.masterKey(), settings.masterKeyFile(), settings.data(), environment));
    }

    @Bean
    IdentityKey identityKey(ReceivingSettings settings, Environment environment) throws IOException {
        return new IdentityKey(
                key("identity-key", settings.identityKey(), settings.identityKeyFile(), settings.data(), environment));
    }

    @Bean
    RawStore rawStore(ReceivingSettings settings, MasterKey key, IdentityKey identity, Clock clock) throws IOException {
        var folder = durable(settings.raw());
        KeyCheck.hold(folder, key, identity, Disk.REAL);
        var store = new FileRawStore(folder, key, Disk.REAL, clock);
        store.tidy();
        return store;
    }

    /** A command runs no routes. */
    @Bean
    @Profile("command")
    SecretValues noSecrets() {
        return SecretValues.NONE;
    }

    @Bean
    Tallies tallies(ReceivingSettings settings) throws IOException {
        return new Tallies(durable(settings.raw().resolve("tallies")));
    }

    @Bean
    @Profile("!try")
    KafkaConnection kafkaConnection(ReceivingSettings settings) {
        var servers = settings.kafka().bootstrapServers();
        if (servers == null || servers.isBlank()) {
            throw new MissingSetting("postbag.kafka.bootstrap-servers", "the Kafka servers that receipts go to");
        }
        return new KafkaConnection(servers, settings.kafka().settings());
    }

    @Bean
    ReceiptTopic receiptTopic(KafkaConnection kafka, ReceivingSettings settings, Environment environment) {
        if (environment.acceptsProfiles(Profiles.of("try"))) {
            return ReceiptTopic.make(kafka, settings.kafka().partitions(), (short) 1);
        }
        var topic = ReceiptTopic.make(
                kafka, settings.kafka().partitions(), settings.kafka().replicas());
        if (topic.copies() < ReceiptTopic.COPIES_SAFE) {
            LOG.warn(
                    "Kafka keeps {} of each receipt where {} are safe: one that is lost with its broker before it is filed is sent again"
                            + " from the raw store. New topics are made with postbag.kafka.replicas.",
                    topic.copies() == 1 ? "one copy" : topic.copies() + " copies",
                    ReceiptTopic.COPIES_SAFE);
        }
        return topic;
    }

    @Bean
    KafkaReceiver receiver(
            RawStore rawStore,
            IdentityKey key,
            Tallies tallies,
            KafkaConnection kafka,
            ReceiptTopic topic,
            ObjectProvider<RouteVersions> versions,
            @Value("${postbag.filing.node:}") String node,
            Clock clock) {
        return new KafkaReceiver(rawStore, key, tallies, kafka, clock, new Origins(node, versions));
    }

    private static byte[] key(
            String name, @Nullable String given, @Nullable Path file, Path data, Environment environment)
            throws IOException {
        var setting = "postbag." + name;
        if (given != null && !given.isBlank()) {
            return parse(given, setting);
        }
        if (file == null && environment.acceptsProfiles(Profiles.of("try"))) {
            file = data.resolve("keys").resolve(name);
            makeIfAbsent(file);
        }
        if (file == null) {
            throw new MissingSetting(
                    setting + "-file", "a file with 64 hexadecimal digits; " + setting + " may give them itself");
        }
        if (!Files.isReadable(file)) {
            throw new MissingSetting(setting + "-file", "a file that can be read; " + file + " can't");
        }
        return parse(Files.readString(file, StandardCharsets.US_ASCII), setting + "-file");
    }

    private static byte[] parse(String text, String setting) {
        try {
            var key = HexFormat.of().parseHex(text.strip());
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException notHex) {
            // Said below, without what was given.
        }
        throw new MissingSetting(setting, "64 hexadecimal digits");
    }

    /** Makes a folder, and those above it, so that their names outlive a loss of power. */
    private static Path durable(Path folder) throws IOException {
        var absolute = folder.toAbsolutePath();
        var above = absolute.getParent();
        if (!Files.isDirectory(absolute) && above != null) {
            durable(above);
            Disk.REAL.makeFolder(absolute);
        }
        if (above != null && Files.isReadable(above)) {
            Disk.REAL.fsyncFolder(above);
        }
        return absolute;
    }

    private static void makeIfAbsent(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        var folder = durable(Objects.requireNonNull(file.getParent()));
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(part);
        }
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(HexFormat.of().formatHex(key).getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        Disk.REAL.fsyncFolder(folder);
    }
}
