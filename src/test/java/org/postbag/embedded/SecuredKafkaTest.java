package org.postbag.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.ServerCertificate;
import org.postbag.receiving.KafkaConnection;
import org.postbag.receiving.ReceiptTopic;
import org.postbag.settings.MissingSetting;

/** A Kafka that asks for TLS, a password and rights, as in production; what is wrong is told by the setting that says it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredKafkaTest {

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private static final Duration ACL_WAIT = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static KafkaBroker broker;
    private static ServerCertificate certificate;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        certificate = ServerCertificate.make(folder.resolve("certificate"));
        int plain = LoopbackPorts.any();
        int controller = LoopbackPorts.any();
        port = LoopbackPorts.any();
        var settings = new HashMap<String, String>();
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d"
                        .formatted(plain, controller, port));
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d".formatted(plain, port));
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put(
                "listener.name.sasl_ssl.plain.sasl.jaas.config",
                PLAIN + " user_admin=\"admin-secret\" user_postbag=\"postbag-secret\";");
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.certificate.chain", Files.readString(certificate.certificate()));
        settings.put("ssl.keystore.key", Files.readString(certificate.key()));
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:admin;User:ANONYMOUS");
        broker = KafkaBroker.start(folder.resolve("kafka"), plain, controller, settings);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    @Order(1)
    void withoutRightsTheTopicIsNamed() {
        isToldOf("postbag.kafka.settings.sasl.jaas.config", KafkaConnection.TOPIC, as("postbag", "postbag-secret"));
    }

    @Test
    @Order(2)
    void theRightsToReadAndToBeInTheGroupAreNeededToo() throws Exception {
        let(ResourceType.TOPIC, "postbag.", AclOperation.CREATE);
        let(ResourceType.TOPIC, "postbag.", AclOperation.WRITE);
        isToldOf("postbag.kafka.settings.sasl.jaas.config", KafkaConnection.TOPIC, as("postbag", "postbag-secret"));

        let(ResourceType.TOPIC, "postbag.", AclOperation.READ);
        isToldOf(
                "postbag.kafka.settings.sasl.jaas.config",
                KafkaConnection.FILING_GROUP,
                as("postbag", "postbag-secret"));
    }

    @Test
    @Order(3)
    void withThemTheTopicsAreMade() throws Exception {
        let(ResourceType.GROUP, "postbag-", AclOperation.READ);

        await().atMost(ACL_WAIT)
                .ignoreException(MissingSetting.class)
                .untilAsserted(() -> assertThat(
                                ReceiptTopic.make(connection(as("postbag", "postbag-secret")), 4, (short) 1)
                                        .copies())
                        .isEqualTo(1));
    }

    @Test
    @Order(4)
    void moreCopiesThanBrokers() throws Exception {
        try (var admin = admin()) {
            admin.deleteTopics(List.of(KafkaConnection.LETTERS_TOPIC)).all().get();
        }

        assertThatThrownBy(() -> ReceiptTopic.make(connection(as("postbag", "postbag-secret")), 4, (short) 3))
                .isInstanceOf(MissingSetting.class)
                .hasMessageContaining("postbag.kafka.replicas");
    }

    @Test
    void aWrongPassword() {
        isToldOf("postbag.kafka.settings.sasl.jaas.config", "doesn't take", as("postbag", "wrong"));
    }

    @Test
    void aWayToSignInThatTheBrokerHasNot() {
        var settings = as("postbag", "postbag-secret");
        settings.put("sasl.mechanism", "SCRAM-SHA-512");
        settings.computeIfPresent("sasl.jaas.config", (_, plain) -> plain.replace("plain.Plain", "scram.Scram"));
        isToldOf("postbag.kafka.settings.sasl.mechanism", "a way to sign in", settings);
    }

    @Test
    void aCertificateThatIsNotTrusted() throws IOException {
        var settings = as("postbag", "postbag-secret");
        settings.put(
                "ssl.truststore.location",
                ServerCertificate.make(folder.resolve("another")).certificate().toString());
        isToldOf("postbag.kafka.settings.ssl.truststore.location", "isn't trusted", settings);
    }

    @Test
    void aFileThatIsNotThere() {
        var settings = as("postbag", "postbag-secret");
        settings.put("ssl.truststore.location", folder.resolve("none.pem").toString());
        isToldOf("postbag.kafka.settings", "can't be read", settings);
    }

    @Test
    void aMachineWhoseNameIsNotKnown() {
        assertThatThrownBy(() -> ReceiptTopic.make(new KafkaConnection("kafka.invalid:9092", Map.of()), 4, (short) 1))
                .isInstanceOf(MissingSetting.class)
                .hasMessageContaining("postbag.kafka.bootstrap-servers")
                .hasMessageContaining("names are known");
    }

    @Test
    void nobodyListens() throws IOException {
        var nobody = "127.0.0.1:" + LoopbackPorts.any();
        assertThatThrownBy(() -> ReceiptTopic.make(new KafkaConnection(nobody, Map.of()), 4, (short) 1))
                .isInstanceOf(MissingSetting.class)
                .hasMessageContaining("postbag.kafka.bootstrap-servers");
    }

    private static Map<String, String> as(String user, String password) {
        var settings = new HashMap<String, String>();
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "PLAIN");
        settings.put("sasl.jaas.config", PLAIN + " username=\"%s\" password=\"%s\";".formatted(user, password));
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", certificate.certificate().toString());
        return settings;
    }

    private static KafkaConnection connection(Map<String, String> settings) {
        return new KafkaConnection("127.0.0.1:" + port, settings);
    }

    /** In the end: a broker hears of new rights a little after they are given. */
    private static void isToldOf(String setting, String what, Map<String, String> settings) {
        await().atMost(ACL_WAIT)
                .untilAsserted(() -> assertThatThrownBy(() -> ReceiptTopic.make(connection(settings), 4, (short) 1))
                        .isInstanceOfSatisfying(
                                MissingSetting.class,
                                missing -> assertThat(missing.setting()).isEqualTo(setting))
                        .hasMessageContaining(what)
                        .hasMessageNotContainingAny("secret", "wrong", folder.toString()));
    }

    private static void let(ResourceType what, String beginning, AclOperation may) throws Exception {
        try (var admin = admin()) {
            var entry = new AccessControlEntry("User:postbag", "*", may, AclPermissionType.ALLOW);
            var all = new ResourcePattern(what, beginning, PatternType.PREFIXED);
            admin.createAcls(List.of(new AclBinding(all, entry))).all().get();
        }
    }

    private static Admin admin() {
        return Admin.create(connection(as("admin", "admin-secret")).client(Map.of()));
    }
}
