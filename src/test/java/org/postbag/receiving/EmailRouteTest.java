package org.postbag.receiving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.SampleMails;
import org.postbag.TestServers;
import org.postbag.embedded.MailServer;
import org.postbag.receiving.FaultyImap.Fault;
import org.postbag.receiving.mailbox.MailArrivals;
import org.postbag.receiving.mailbox.MailboxComponent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The email connector as it is shipped, against a real mailbox. */
@ExtendWith(OutputCaptureExtension.class)
class EmailRouteTest {

    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private MailServer mailbox;
    private FileRawStore store;
    private KafkaReceiver kafka;
    private SourcePositions positions;
    private DefaultCamelContext context;
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<List<Acknowledgement>> batches = new CopyOnWriteArrayList<>();
    private final Map<String, String> settings = new java.util.HashMap<>();
    private long mailBytesMax = Receiver.CONTENT_BYTES_MAX;

    @BeforeEach
    void start() throws Exception {
        mailbox = MailServer.start(folder.resolve("mailbox"), 0, 0);
        ReceiptTopic.make(TestServers.kafka(), 4, (short) 1);
        Files.createDirectories(folder.resolve("raw"));
        Files.createDirectories(folder.resolve("tallies"));
        store = new FileRawStore(folder.resolve("raw"), new MasterKey(new byte[32]), Disk.REAL, Clock.systemUTC());
        kafka = new KafkaReceiver(
                store,
                new IdentityKey(new byte[32]),
                new Tallies(folder.resolve("tallies")),
                TestServers.kafka(),
                Clock.systemUTC(),
                Origins.UNTOLD);
        positions = new SourcePositions(JdbcClient.create(TestServers.database().application()));
        context = new DefaultCamelContext();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        kafka.close();
        mailbox.close();
    }

    @Test
    void mailsAreMovedOnceTheyAreDurableWhateverTheirFlags(CapturedOutput output) throws Exception {
        send(IntStream.range(0, 250).mapToObj(n -> SampleMails.mail(5, n, 10)).toArray(byte[][]::new));
        markSeen(40);
        away.set(true);
        load(mailbox.imapPort());

        // With the raw store away the mails stay where they are, and it is tried again.
        await().atMost(WAIT).until(() -> refused.get() >= 2);
        assertThat(mailbox.count("INBOX")).isEqualTo(250);
        assertThat(batches).isEmpty();
        assertThat(output)
                .contains("enquiries-mailbox could not take the mail")
                .doesNotContain("Message History")
                .doesNotContain("\tat org.");

        away.set(false);
        await().atMost(WAIT).until(() -> mailbox.count(MailServer.TAKEN) == 250);
        assertThat(mailbox.count("INBOX")).isZero();
        assertThat(batches).extracting(List::size).containsExactly(200, 50);
        assertThat(acknowledged()).noneMatch(Acknowledgement::known);
        assertThat(stored()).hasSize(250).anyMatch(text -> text.contains("marker77x"));
        assertThat(flagged(MailServer.TAKEN, Flags.Flag.SEEN)).isEqualTo(40);
        assertThat(flagged(MailServer.TAKEN, Flags.Flag.DELETED)).isZero();

        send(SampleMails.mail(5, 7, 10));
        await().atMost(WAIT).until(() -> mailbox.count(MailServer.TAKEN) == 251);
        assertThat(acknowledged()).hasSize(251);
        assertThat(acknowledged().getLast().known()).isTrue();
    }

    @Test
    void aBatchEndsBeforeItHoldsTooManyBytes() throws Exception {
        var large = "x".repeat(70) + "\r\n";
        for (int n = 0; n < 3; n++) {
            send(("Subject: large " + n + "\r\n\r\n" + large.repeat(100_000)).getBytes(UTF_8));
        }
        load(mailbox.imapPort());
        await().atMost(WAIT).until(() -> mailbox.count(MailServer.TAKEN) == 3);
        assertThat(batches).extracting(List::size).containsExactly(2, 1);
    }

    @Test
    void theFolderThatMailsAreMovedToIsMadeIfAbsent() throws Exception {
        settings.put("postbag.mail.moved-to", "Taken in");
        send(SampleMails.mail(6, 1, 10));
        load(mailbox.imapPort());
        await().atMost(WAIT).until(() -> countByImap("Taken in") == 1);
        assertThat(countByImap("INBOX")).isZero();
    }

    /** Whether the server refuses it or goes away over it, the others are taken, and it stays. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"REFUSES", "HANGS_UP"})
    void aMailThatTheServerFailsAtKeepsNoneOfTheOthersUp(Fault fault, CapturedOutput output) throws Exception {
        for (int n = 0; n < 5; n++) {
            send(SampleMails.mail(7, n, 10));
        }
        try (var faulty = new FaultyImap(mailbox.imapPort(), line -> fetches(line, 3) ? fault : Fault.NONE)) {
            load(faulty.port());
            await().atMost(WAIT).until(() -> mailbox.count(MailServer.TAKEN) == 4);
            assertThat(mailbox.count("INBOX")).isEqualTo(1);
            assertThat(acknowledged()).hasSize(4);
            assertThat(output).contains("leaves the mail of UID 3 in INBOX");

            // What comes later is taken as ever.
            send(SampleMails.mail(7, 9, 10));
            await().atMost(WAIT).until(() -> mailbox.count(MailServer.TAKEN) == 5);
        }
    }

    @Test
    void aMailThatWasDurableAndNotYetMovedIsKnownWhenItComesAgain() throws Exception {
        for (int n = 0; n < 5; n++) {
            send(SampleMails.mail(8, n, 10));
        }
        var moves = new AtomicInteger();
        try (var faulty = new FaultyImap(
                mailbox.imapPort(),
                line -> line.contains("UID MOVE") && moves.getAndIncrement() == 0 ? Fault.HANGS_UP : Fault.NONE)) {
            load(faulty.port());
            await().atMost(WAIT).until(() -> mailbox.count(MailServer.TAKEN) == 5);
        }
        assertThat(batches).hasSize(2);
        assertThat(batches.getFirst()).noneMatch(Acknowledgement::known);
        assertThat(batches.getLast()).allMatch(Acknowledgement::known);
        assertThat(stored()).hasSize(5);
    }

    @Test
    void whatIsDeletedByOthersIsTakenAndNothingIsExpunged() throws Exception {
        send(SampleMails.mail(9, 1, 10));
        try (var imap = imap()) {
            var inbox = imap.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            inbox.setFlags(1, 1, new Flags(Flags.Flag.DELETED), true);
            inbox.close(false);
        }
        load(mailbox.imapPort());
        await().atMost(WAIT).until(() -> mailbox.count(MailServer.TAKEN) == 1);
        assertThat(acknowledged()).hasSize(1);
    }

    @Test
    void ofAMailThatIsTooLargeTheBeginningIsTakenAndTheWholeIsMoved() throws Exception {
        mailBytesMax = 1_000_000;
        send(("Subject: holiday pictures\r\n\r\n" + ("x".repeat(70) + "\r\n").repeat(20_000)).getBytes(UTF_8));
        send(SampleMails.mail(10, 1, 10));
        load(mailbox.imapPort());
        await().atMost(WAIT).until(() -> mailbox.count(MailServer.TAKEN) == 2);

        var large = acknowledged().stream()
                .map(Acknowledgement::receipt)
                .filter(receipt -> receipt.size() > mailBytesMax)
                .toList();
        assertThat(large).hasSize(1);
        assertThat(store.read(large.getFirst().id(), Channel.EMAIL)).hasValueSatisfying(beginning -> {
            assertThat(beginning.length).isLessThan((int) mailBytesMax);
            assertThat(new String(beginning, UTF_8)).contains("holiday pictures");
        });
    }

    @Test
    void whatStaffSendStaysInItsFolderAndIsReadOnceAsSent() throws Exception {
        load(mailbox.imapPort());
        sendTo(
                "jane@example.org",
                "From: Enquiries <enquiries@localhost>\r\nSubject: Your poll card\r\n\r\nIt was sent.\r\n"
                        .getBytes(UTF_8));
        await().atMost(WAIT).until(() -> acknowledged().size() == 1);
        append(MailServer.SENT, "From: enquiries@localhost\r\nSubject: By another program\r\n\r\nHello.\r\n");
        await().atMost(WAIT).until(() -> acknowledged().size() == 2);

        assertThat(acknowledged())
                .allMatch(one -> one.receipt().direction() == Direction.OUTBOUND)
                .allMatch(one -> one.receipt().route().equals("sent-mail"));
        assertThat(mailbox.count(MailServer.SENT)).isEqualTo(2);
        assertThat(positions.of("sent-mail")).isPresent();
    }

    @Test
    void whatTheServerTookForSpamIsReadAndSaysSo() throws Exception {
        load(mailbox.imapPort());
        append(MailServer.JUNK, "From: jane@example.org\r\nSubject: My only message\r\n\r\nCan I vote?\r\n");
        await().atMost(WAIT).until(() -> acknowledged().size() == 1);

        var receipt = acknowledged().getFirst().receipt();
        assertThat(receipt.junk()).isTrue();
        assertThat(receipt.route()).isEqualTo("junk-mailbox");
        assertThat(ReceiptCodec.decode(ReceiptCodec.encode(receipt))).isEqualTo(receipt);
    }

    /** Only what the body's own server wrote on top tells it, above the first line of the mail's way. */
    @Test
    void aCopyOfOurAnswerInTheInboxIsReadAsSentAndNobodyElseCanMakeOne() throws Exception {
        settings.put("postbag.mail.copies-to", "copies-k7q2@localhost");
        var mail = "From: enquiries@localhost\r\nSubject: Re: %s\r\n\r\nOn 7 May.\r\n";
        append(
                "INBOX",
                "Delivered-To: <Copies-K7q2@localhost>\r\nReceived: by mx.localhost\r\n" + mail.formatted("a copy"));
        append(
                "INBOX",
                "X-Original-To: copies-k7q2@localhost\r\nDelivered-To: enquiries@localhost\r\nReceived: by mx\r\n"
                        + mail.formatted("by an alias"));
        append(
                "INBOX",
                "Delivered-To: enquiries@localhost\r\nReceived: by mx.localhost\r\nDelivered-To: copies-k7q2@localhost\r\n"
                        + mail.formatted("forged"));
        append(
                "INBOX",
                "Received: by mx.localhost\r\n Delivered-To: copies-k7q2@localhost\r\nTo: copies-k7q2@localhost\r\n"
                        + mail.formatted("guessed"));
        append("INBOX", "Delivered-To: copies-k7q2@localhost\r\n" + mail.formatted("without a way"));
        load(mailbox.imapPort());
        await().atMost(WAIT).until(() -> acknowledged().size() == 5);

        var directions = new java.util.TreeMap<String, Direction>();
        for (var one : acknowledged()) {
            var text = new String(store.read(one.receipt().id(), Channel.EMAIL).orElseThrow(), UTF_8);
            directions.put(
                    text.replaceAll("(?s).*Re: ([a-z ]+).*", "$1"),
                    one.receipt().direction());
        }
        assertThat(directions)
                .isEqualTo(Map.of(
                        "a copy", Direction.OUTBOUND,
                        "by an alias", Direction.OUTBOUND,
                        "forged", Direction.INBOUND,
                        "guessed", Direction.INBOUND,
                        "without a way", Direction.INBOUND));
    }

    private void load(int imapPort) throws Exception {
        Receiver receiver = arrivals -> {
            if (away.get()) {
                refused.incrementAndGet();
                throw new ReceivingUnavailable("The raw store is away", new IOException("full"));
            }
            var done = kafka.receive(arrivals);
            batches.add(done);
            return done;
        };
        context.getRegistry().bind("mailArrivals", new MailArrivals(receiver));
        context.getRegistry().bind("mailbox", new MailboxComponent(Clock.systemUTC(), positions, mailBytesMax));
        var properties = context.getPropertiesComponent();
        settings.forEach(properties::addInitialProperty);
        properties.addInitialProperty("postbag.mail.protocol", "imap");
        properties.addInitialProperty("postbag.mail.host", "127.0.0.1");
        properties.addInitialProperty("postbag.mail.port", Integer.toString(imapPort));
        properties.addInitialProperty("postbag.mail.username", MailServer.ADDRESS);
        properties.addInitialProperty("postbag.mail.password", mailbox.password());
        properties.addInitialProperty("postbag.mail.poll-milliseconds", "100");
        context.start();
        for (var file : List.of(
                "connectors/email.camel.yaml",
                "connectors/email-sent.camel.yaml",
                "routes/errors.camel.yaml",
                "routes/enquiries-mailbox.camel.yaml",
                "routes/junk-mailbox.camel.yaml",
                "routes/sent-mail.camel.yaml")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString(file, Files.readString(Path.of(file))));
        }
    }

    private List<Acknowledgement> acknowledged() {
        return batches.stream().flatMap(List::stream).toList();
    }

    private List<String> stored() throws IOException {
        var ids = new HashSet<ReceiptId>();
        acknowledged().forEach(one -> ids.add(one.receipt().id()));
        var texts = new ArrayList<String>();
        for (ReceiptId id : ids) {
            texts.add(new String(store.read(id, Channel.EMAIL).orElseThrow(), UTF_8));
        }
        return texts;
    }

    /** Whether a command asks for the bytes of a mail, by itself or among others. */
    private static boolean fetches(String line, long uid) {
        var words = line.split(" ");
        return line.contains("UID FETCH")
                && line.contains("BODY")
                && Arrays.stream(words[3].split(",")).anyMatch(range -> {
                    var ends = range.split(":");
                    return Long.parseLong(ends[0]) <= uid && uid <= Long.parseLong(ends[ends.length - 1]);
                });
    }

    private Store imap() throws MessagingException {
        var imap = Session.getInstance(new Properties()).getStore("imap");
        imap.connect("127.0.0.1", mailbox.imapPort(), MailServer.ADDRESS, mailbox.password());
        return imap;
    }

    private int countByImap(String name) throws MessagingException {
        try (var imap = imap()) {
            var counted = imap.getFolder(name);
            return counted.exists() ? counted.getMessageCount() : 0;
        }
    }

    private long flagged(String name, Flags.Flag flag) throws MessagingException {
        try (var imap = imap()) {
            var counted = imap.getFolder(name);
            counted.open(Folder.READ_ONLY);
            long count = 0;
            for (Message message : counted.getMessages()) {
                count += message.isSet(flag) ? 1 : 0;
            }
            return count;
        }
    }

    private void markSeen(int count) throws MessagingException {
        try (var imap = imap()) {
            var inbox = imap.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            inbox.setFlags(1, count, new Flags(Flags.Flag.SEEN), true);
            inbox.close(false);
        }
    }

    private void append(String name, String mail) throws MessagingException {
        try (var store = imap()) {
            var folder = store.getFolder(name);
            folder.appendMessages(new Message[] {
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail.getBytes(UTF_8)))
            });
        }
    }

    private void send(byte[]... mails) throws Exception {
        sendTo("enquiries@localhost", mails);
    }

    private void sendTo(String recipient, byte[]... mails) throws Exception {
        var smtp = new Properties();
        smtp.put("mail.smtp.host", "127.0.0.1");
        smtp.put("mail.smtp.port", Integer.toString(mailbox.smtpPort()));
        var session = Session.getInstance(smtp);
        try (var transport = session.getTransport("smtp")) {
            transport.connect();
            for (byte[] mail : mails) {
                transport.sendMessage(
                        new MimeMessage(session, new ByteArrayInputStream(mail)),
                        new InternetAddress[] {new InternetAddress(recipient)});
            }
        }
    }
}
