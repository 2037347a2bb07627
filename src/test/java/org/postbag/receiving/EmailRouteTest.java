package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.SampleMails;
import org.postbag.TestServers;
import org.postbag.embedded.MailServer;

/** The email connector as it is shipped, against a real mailbox. */
class EmailRouteTest {

    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private MailServer mailbox;
    private final AtomicBoolean away = new AtomicBoolean();
    private final List<Acknowledgement> acknowledged = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        mailbox = MailServer.start(folder.resolve("mailbox"), 0, 0);
        ReceiptTopic.make(TestServers.kafka(), 4, (short) 1);
    }

    @AfterEach
    void stop() {
        mailbox.close();
    }

    @Test
    void mailsAreMovedOnceTheyAreDurableWhateverTheirFlags() throws Exception {
        for (int n = 0; n < 120; n++) {
            send(SampleMails.mail(5, n, 10));
        }
        markSeen();
        away.set(true);
        var store = new FileRawStore(folder.resolve("raw"), new MasterKey(new byte[32]), Disk.REAL);
        try (var kafka = receiver(store);
                var context = context(kafka)) {
            context.start();
            load(context);
            // With the raw store away the mails stay where they are, and none is lost.
            await().during(Duration.ofSeconds(3)).atMost(WAIT).until(() -> mailbox.count("INBOX") == 120);
            assertThat(acknowledged).isEmpty();

            away.set(false);
            await().atMost(WAIT).until(() -> mailbox.count(MailServer.TAKEN) == 120);
            assertThat(mailbox.count("INBOX")).isZero();
            assertThat(acknowledged).hasSize(120).noneMatch(Acknowledgement::known);
            var bytes = new ArrayList<byte[]>();
            for (var one : acknowledged) {
                bytes.add(store.read(one.receipt().id(), Channel.EMAIL).orElseThrow());
            }
            assertThat(bytes.stream().map(b -> new String(b, java.nio.charset.StandardCharsets.UTF_8)))
                    .anyMatch(text -> text.contains("marker77x"));

            send(SampleMails.mail(5, 7, 10));
            await().atMost(WAIT).until(() -> mailbox.count(MailServer.TAKEN) == 121);
            assertThat(acknowledged).hasSize(121);
            assertThat(acknowledged.getLast().known()).isTrue();
        }
    }

    private KafkaReceiver receiver(RawStore store) {
        return new KafkaReceiver(
                store,
                new IdentityKey(new byte[32]),
                new Tallies(folder.resolve("tallies")),
                TestServers.kafka(),
                Clock.systemUTC());
    }

    private DefaultCamelContext context(Receiver kafka) {
        var context = new DefaultCamelContext();
        Receiver receiver = arrivals -> {
            if (away.get()) {
                throw new ReceivingUnavailable("The raw store is away", new java.io.IOException("full"));
            }
            var done = kafka.receive(arrivals);
            acknowledged.addAll(done);
            return done;
        };
        context.getRegistry().bind("mailArrivals", new MailArrivals(receiver));
        var properties = context.getPropertiesComponent();
        properties.addInitialProperty("postbag.mail.protocol", "imap");
        properties.addInitialProperty("postbag.mail.host", "127.0.0.1");
        properties.addInitialProperty("postbag.mail.port", Integer.toString(mailbox.imapPort()));
        properties.addInitialProperty("postbag.mail.username", MailServer.ADDRESS);
        properties.addInitialProperty("postbag.mail.password", mailbox.password());
        properties.addInitialProperty("postbag.mail.poll-milliseconds", "300");
        return context;
    }

    private static void load(DefaultCamelContext context) throws Exception {
        for (var file : List.of("connectors/email.camel.yaml", "routes/enquiries-mailbox.camel.yaml")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString(file, Files.readString(Path.of(file))));
        }
    }

    private void markSeen() throws Exception {
        try (var store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", mailbox.imapPort(), MailServer.ADDRESS, mailbox.password());
            var inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            inbox.setFlags(1, 40, new Flags(Flags.Flag.SEEN), true);
            inbox.close(false);
        }
    }

    private void send(byte[] mail) throws Exception {
        var settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", Integer.toString(mailbox.smtpPort()));
        var session = Session.getInstance(settings);
        try (var transport = session.getTransport("smtp")) {
            transport.connect();
            transport.sendMessage(
                    new MimeMessage(session, new ByteArrayInputStream(mail)),
                    new InternetAddress[] {new InternetAddress("enquiries@localhost")});
        }
    }
}
