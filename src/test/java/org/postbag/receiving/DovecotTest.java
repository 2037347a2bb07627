package org.postbag.receiving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.SampleMails;
import org.postbag.TestServers;
import org.postbag.embedded.MailServer;
import org.postbag.mail.SmtpServer;
import org.postbag.mail.SmtpSettings;
import org.postbag.receiving.mailbox.MailArrivals;
import org.postbag.receiving.mailbox.MailboxComponent;
import org.postbag.receiving.mailbox.MailboxLook;
import org.postbag.receiving.mailbox.MailboxReread;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The email connectors as they are shipped, against Debian's Dovecot, where it is installed and this runs as root: {@code apt-get install dovecot-imapd}. */
@ExtendWith(OutputCaptureExtension.class)
class DovecotTest {

    private static final Duration WAIT = Duration.ofSeconds(90);
    private static final String MAILBOX = "enquiries@localhost";
    private static final String SHARED_MAILBOX = "press.office@localhost";
    /** Leads to this machine, but does not say so. */
    private static final String ANOTHER_HOST = "0.0.0.0";

    private static final String INBOX = "enquiries-mailbox";
    private static final String SECRET = "s3cret+/=&with(marks)";

    @TempDir
    Path folder;

    private @Nullable Dovecot dovecot;
    private int relayPort = 25;
    private KafkaReceiver kafka;
    private SourcePositions positions;
    private DefaultCamelContext context;
    private final List<List<Acknowledgement>> batches = new CopyOnWriteArrayList<>();
    private final AtomicReference<Runnable> afterABatch = new AtomicReference<>(() -> {});
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(Dovecot.isInstalled());
        ReceiptTopic.make(TestServers.kafka(), 4, (short) 1);
        Files.createDirectories(folder.resolve("raw"));
        Files.createDirectories(folder.resolve("tallies"));
        var store = new FileRawStore(folder.resolve("raw"), new MasterKey(new byte[32]), Disk.REAL, Clock.systemUTC());
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
        if (context != null) {
            context.close();
            kafka.close();
        }
        if (dovecot != null) {
            dovecot.close();
        }
    }

    @Test
    void mailsAreTakenAndMovedAndTheFoldersOfSentMailAndSpamAreFound() throws Exception {
        var server = withPasswords();
        server.deliver(MAILBOX, "INBOX", mails(1, 250));
        server.deliver(MAILBOX, Dovecot.SENT, mails(2, 3));
        server.deliver(MAILBOX, Dovecot.JUNK, mails(3, 2));
        load(server.tlsPort);
        await().atMost(WAIT)
                .until(() -> server.count(MAILBOX, "Filed") == 252
                        && ofRoute("sent-mail").size() == 3);

        assertThat(server.count(MAILBOX, "INBOX")).isZero();
        assertThat(server.count(MAILBOX, Dovecot.JUNK)).isZero();
        assertThat(server.count(MAILBOX, Dovecot.SENT)).isEqualTo(3);
        assertThat(ofRoute(INBOX)).hasSize(250).noneMatch(Acknowledgement::known);
        assertThat(ofRoute("junk-mailbox"))
                .hasSize(2)
                .allMatch(one -> one.receipt().junk());
        assertThat(ofRoute("sent-mail")).allMatch(one -> one.receipt().direction() == Direction.OUTBOUND);
        assertThat(problem(INBOX)).isEmpty();

        // The same mail again is known, and moved too.
        server.deliver(MAILBOX, "INBOX", SampleMails.mail(1, 7, 10));
        await().atMost(WAIT).until(() -> server.count(MAILBOX, "Filed") == 253);
        assertThat(ofRoute(INBOX)).hasSize(251);
        assertThat(ofRoute(INBOX).getLast().known()).isTrue();
    }

    @Test
    void whatLiesInTheMailboxIsReadAgainByItsDayAndLeftAsItWas() throws Exception {
        var server = withPasswords();
        server.deliver(MAILBOX, "INBOX", mails(14, 130));
        load(server.tlsPort);
        await().atMost(WAIT).until(() -> server.count(MAILBOX, "Filed") == 130);
        server.deliver(MAILBOX, "Filed", mails(15, 40));
        var again = new MailboxReread(new MailboxLook(SecretValues.NONE, Clock.systemUTC()));
        var given = Map.of(
                "protocol",
                "imaps",
                "host",
                "localhost",
                "port",
                Integer.toString(server.tlsPort),
                "username",
                MAILBOX,
                "password",
                Dovecot.PASSWORD,
                "certificates",
                authority(),
                "folder",
                "INBOX",
                "movedTo",
                "Filed");
        var today = LocalDate.now(ZoneId.systemDefault());
        var found = new ArrayList<Arrival>();
        var place = "";
        for (boolean last = false; !last; ) {
            // By another connection each time, as after a crash.
            try (var reading = again.open(
                    new RereadSource.Span(INBOX, "email", given, today.minusDays(1), today.plusDays(1)),
                    place,
                    new SourceLook())) {
                var piece = reading.next(60);
                assertThat(piece.damaged()).isZero();
                found.addAll(piece.items());
                place = piece.place();
                last = piece.last();
            }
        }

        var key = new IdentityKey(new byte[32]);
        assertThat(found.stream().map(key::receiptId).collect(Collectors.toSet()))
                .hasSize(170)
                .containsAll(ids(ofRoute(INBOX)));
        assertThat(server.count(MAILBOX, "Filed")).isEqualTo(170);
        try (var none = again.open(
                new RereadSource.Span(INBOX, "email", given, today.minusDays(20), today.minusDays(10)),
                "",
                new SourceLook())) {
            assertThat(none.next(60).items()).isEmpty();
        }
    }

    @Test
    void nothingIsLostWhereTheConnectionIsCutAndTheServerStartedAgainBeforeTheMove() throws Exception {
        var server = withPasswords();
        server.deliver(MAILBOX, "INBOX", mails(4, 240));
        var restarts = new AtomicInteger();
        afterABatch.set(() -> {
            if (restarts.getAndIncrement() == 0) {
                server.restart();
            }
        });
        try (var tap = new WireTap(InetAddress.getLoopbackAddress(), server.tlsPort, 100_000)) {
            load(tap.port());
            await().atMost(WAIT).until(() -> server.count(MAILBOX, "Filed") == 240);
            assertThat(tap.hasCut()).isTrue();
        }
        assertThat(server.count(MAILBOX, "INBOX")).isZero();
        assertThat(restarts.get()).isGreaterThan(1);
        assertThat(ids(ofRoute(INBOX))).hasSize(240);
        assertThat(ofRoute(INBOX)).anyMatch(Acknowledgement::known);
    }

    /** A certificate that is not to be trusted, and what is said of it. */
    private enum Wrong {
        OF_ANOTHER_HOST("it is another server's; set the host to a name that the certificate has"),
        SELF_SIGNED("nobody whom this machine trusts has signed it; name a file with the certificate"),
        EXPIRED("it has expired; have it renewed on the server");

        private final String said;

        Wrong(String said) {
            this.said = said;
        }

        void put(Dovecot server) throws Exception {
            switch (this) {
                case OF_ANOTHER_HOST -> server.certificateOfAnotherHost();
                case SELF_SIGNED -> server.selfSignedCertificate();
                case EXPIRED -> server.expiredCertificate();
            }
            server.restart();
        }
    }

    @ParameterizedTest
    @EnumSource(Wrong.class)
    void aWrongCertificateIsRefusedAndTakingGoesOnOnceItIsMended(Wrong wrong, CapturedOutput output) throws Exception {
        var server = withPasswords();
        wrong.put(server);
        server.deliver(MAILBOX, "INBOX", mails(5, 2));
        load(server.tlsPort);
        await().atMost(WAIT).until(() -> problem(INBOX).isPresent());

        assertThat(problem(INBOX).orElseThrow())
                .startsWith("the mail server's certificate is not to be trusted: ")
                .contains(wrong.said)
                .endsWith("Nothing was sent");
        assertThat(output).contains(wrong.said).doesNotContain(Dovecot.PASSWORD);
        assertThat(server.log()).doesNotContain("user=<enquiries");
        assertThat(server.count(MAILBOX, "INBOX")).isEqualTo(2);

        server.rightCertificate();
        server.restart();
        await().atMost(WAIT).until(() -> server.count(MAILBOX, "Filed") == 2);
        await().atMost(WAIT).until(() -> problem(INBOX).isEmpty());
    }

    @Test
    void aSelfSignedCertificateIsTrustedWhereItIsNamed() throws Exception {
        var server = withPasswords();
        server.selfSignedCertificate();
        server.restart();
        settings.put(
                "postbag.mail.certificates",
                folder.resolve("dovecot/server.pem").toString());
        server.deliver(MAILBOX, "INBOX", mails(6, 1));
        load(server.tlsPort);
        await().atMost(WAIT).until(() -> server.count(MAILBOX, "Filed") == 1);
    }

    @Test
    void aServerWithoutTlsOnThePortOfTlsIsRefused() throws Exception {
        var server = withPasswords();
        try (var tap = WireTap.uncut(server.plainPort)) {
            load(tap.port());
            await().atMost(WAIT).until(() -> problem(INBOX).isPresent());
            assertThat(problem(INBOX).orElseThrow()).contains("no encrypted connection", "the port to its own (993)");
            assertThat(tap.sent()).doesNotContain(Dovecot.PASSWORD, "enquiries", "LOGIN", "AUTHENTICATE");
        }
    }

    @Test
    void aServerThatTakesNoPasswordInClearIsSentNone() throws Exception {
        var server = withPasswords();
        settings.put("postbag.mail.protocol", "imap");
        try (var tap = WireTap.uncut(server.plainPort)) {
            load(tap.port());
            await().atMost(WAIT).until(() -> problem(INBOX).isPresent());
            assertThat(problem(INBOX).orElseThrow())
                    .contains("takes no password over a connection that is not encrypted", "imaps");
            assertThat(tap.sent()).doesNotContain(Dovecot.PASSWORD, "enquiries", "LOGIN", "AUTHENTICATE");
        }
    }

    @Test
    void onAnotherMachineImapIsEncryptedByStarttls() throws Exception {
        var server = withPasswords();
        server.certificate("IP:" + ANOTHER_HOST);
        server.deliver(MAILBOX, "INBOX", mails(7, 1));
        settings.put("postbag.mail.protocol", "imap");
        settings.put("postbag.mail.host", ANOTHER_HOST);
        try (var tap = WireTap.uncut(server.plainPort)) {
            load(tap.port());
            await().atMost(WAIT).until(() -> server.count(MAILBOX, "Filed") == 1);
            assertThat(tap.sent()).contains("STARTTLS").doesNotContain("enquiries", "LOGIN");
        }
    }

    @Test
    void aServerOnAnotherMachineThatOffersNoEncryptionIsSentNothing() throws Exception {
        var server = withPasswords();
        server.withoutTls();
        settings.put("postbag.mail.protocol", "imap");
        settings.put("postbag.mail.host", ANOTHER_HOST);
        try (var tap = WireTap.uncut(server.plainPort)) {
            load(tap.port());
            await().atMost(WAIT).until(() -> problem(INBOX).isPresent());
            assertThat(problem(INBOX).orElseThrow()).contains("offers no encryption", "Nothing was sent");
            assertThat(tap.sent()).doesNotContain("enquiries", "LOGIN", "AUTHENTICATE");
        }
    }

    @Test
    void aWrongPasswordAndAServerThatIsAwaySaySo() throws Exception {
        var server = withPasswords();
        settings.put("postbag.mail.password", "another");
        load(server.tlsPort);
        await().atMost(WAIT).until(() -> problem(INBOX).isPresent());
        assertThat(problem(INBOX).orElseThrow()).contains("does not take the sign-in; check user and password");

        server.stop();
        await().atMost(WAIT).until(() -> problem(INBOX).orElse("").contains("does not answer; see whether it runs"));
    }

    @Test
    void aSharedMailboxIsReadByTokensWhichAreRenewed() throws Exception {
        try (var tokens = new TokenServer()) {
            var server = withTokens(tokens);
            server.deliver(SHARED_MAILBOX, "INBOX", mails(8, 2));
            loadByToken(server.tlsPort, tokens.port());
            await().atMost(WAIT).until(() -> server.count(SHARED_MAILBOX, "Filed") == 2);
            assertThat(tokens.given.get()).isEqualTo(1);
            assertThat(server.log()).contains("user=<" + SHARED_MAILBOX + ">, method=XOAUTH2");

            // It is not asked for anew while it is good, nor kept once it is not.
            server.restart();
            server.deliver(SHARED_MAILBOX, "INBOX", mails(9, 1));
            await().atMost(WAIT).until(() -> server.count(SHARED_MAILBOX, "Filed") == 3);
            assertThat(tokens.given.get()).isEqualTo(1);
            tokens.active.clear();
            server.restart();
            server.deliver(SHARED_MAILBOX, "INBOX", mails(10, 1));
            await().atMost(WAIT).until(() -> server.count(SHARED_MAILBOX, "Filed") == 4);
            assertThat(tokens.given.get()).isEqualTo(2);
            await().atMost(WAIT).until(() -> problem("microsoft-mailbox").isEmpty());
        }
    }

    @Test
    void aTokenWhoseTimeIsOverIsReplacedBeforeItIsShown(CapturedOutput output) throws Exception {
        try (var tokens = new TokenServer()) {
            tokens.seconds = 60;
            var server = withTokens(tokens);
            loadByToken(server.tlsPort, tokens.port());
            await().atMost(WAIT).until(() -> server.log().contains("method=XOAUTH2"));
            server.restart();
            server.deliver(SHARED_MAILBOX, "INBOX", mails(11, 1));
            await().atMost(WAIT).until(() -> server.count(SHARED_MAILBOX, "Filed") == 1);
            assertThat(tokens.given.get()).isGreaterThan(1);
            assertThat(output).doesNotContain("does not take the sign-in");
        }
    }

    @Test
    void aTokenForAnotherMailboxIsRefusedAndSaysSo(CapturedOutput output) throws Exception {
        try (var tokens = new TokenServer()) {
            tokens.mailbox = "another@localhost";
            var server = withTokens(tokens);
            server.deliver(SHARED_MAILBOX, "INBOX", mails(12, 1));
            loadByToken(server.tlsPort, tokens.port());
            await().atMost(WAIT).until(() -> problem("microsoft-mailbox").isPresent());
            assertThat(problem("microsoft-mailbox").orElseThrow())
                    .contains("does not take the sign-in by token", "let in to this mailbox");
            assertThat(output).doesNotContain("token-1").doesNotContain(SECRET);

            tokens.mailbox = SHARED_MAILBOX;
            await().atMost(WAIT).until(() -> server.count(SHARED_MAILBOX, "Filed") == 1);
        }
    }

    @Test
    void anExpiredClientSecretSaysSoAndTakingGoesOnOnceItIsGoodAgain(CapturedOutput output) throws Exception {
        try (var tokens = new TokenServer()) {
            tokens.secretExpired = true;
            var server = withTokens(tokens);
            server.deliver(SHARED_MAILBOX, "INBOX", mails(13, 1));
            loadByToken(server.tlsPort, tokens.port());
            await().atMost(WAIT).until(() -> problem("microsoft-mailbox").isPresent());
            assertThat(problem("microsoft-mailbox").orElseThrow())
                    .startsWith("the client secret has expired; make a new one");
            assertThat(output).contains("the client secret has expired").doesNotContain(SECRET);

            tokens.secretExpired = false;
            await().atMost(WAIT).until(() -> server.count(SHARED_MAILBOX, "Filed") == 1);
            await().atMost(WAIT).until(() -> problem("microsoft-mailbox").isEmpty());
        }
    }

    @Test
    void mailIsSentByTokenToTheServerThatIsMeantAndToNoOther(CapturedOutput output) throws Exception {
        try (var tokens = new TokenServer();
                var relay = MailServer.start(folder.resolve("relay"), 0, 0)) {
            relayPort = relay.smtpPort();
            var server = withTokens(tokens);
            var smtp = smtp(server.submissionPort, tokens.port());
            assertThat(send(smtp)).isEqualTo(new SmtpServer.Taken());
            assertThat(relay.count(MailServer.SENT)).isEqualTo(1);
            assertThat(server.log()).contains("submission-login", "method=XOAUTH2");

            tokens.secretExpired = true;
            assertThat(send(smtp(server.submissionPort, tokens.port())).toString())
                    .contains("the client secret has expired");
            tokens.secretExpired = false;
            tokens.mailbox = "another@localhost";
            assertThat(send(smtp(server.submissionPort, tokens.port())).toString())
                    .contains("does not take the sign-in by token");
            tokens.mailbox = SHARED_MAILBOX;
            server.certificateOfAnotherHost();
            server.restart();
            assertThat(send(smtp).toString()).contains("another server's", "Nothing was sent");
            server.expiredCertificate();
            server.restart();
            assertThat(send(smtp).toString()).contains("it has expired", "Nothing was sent");
            server.selfSignedCertificate();
            server.restart();
            assertThat(send(smtp).toString()).contains("nobody whom this machine trusts", "Nothing was sent");
            assertThat(relay.count(MailServer.SENT)).isEqualTo(1);

            server.rightCertificate();
            server.restart();
            assertThat(send(smtp)).isEqualTo(new SmtpServer.Taken());
            assertThat(output).doesNotContain(SECRET).doesNotContain("token-1");
        }
    }

    private SmtpServer smtp(int port, int tokenPort) {
        return new SmtpServer(
                new SmtpSettings(
                        "localhost",
                        port,
                        SmtpSettings.Security.STARTTLS,
                        authority(),
                        SHARED_MAILBOX,
                        null,
                        URI.create("http://127.0.0.1:" + tokenPort + "/token"),
                        "an-app",
                        SECRET,
                        "https://outlook.office365.com/.default",
                        null),
                Clock.systemUTC());
    }

    private static SmtpServer.Outcome send(SmtpServer smtp) throws Exception {
        var mail = new MimeMessage((Session) null);
        mail.setFrom(new InternetAddress(SHARED_MAILBOX));
        mail.setSubject("We have your message");
        mail.setText("Thank you.");
        mail.saveChanges();
        return smtp.send(mail, new InternetAddress("jane@example.org"));
    }

    private Dovecot withPasswords() throws Exception {
        var made = Dovecot.withPasswords(Files.createDirectories(folder.resolve("dovecot")));
        dovecot = made;
        return made;
    }

    private Dovecot withTokens(TokenServer tokens) throws Exception {
        var made = Dovecot.withTokens(Files.createDirectories(folder.resolve("dovecot")), tokens.port(), relayPort);
        dovecot = made;
        return made;
    }

    private static byte[][] mails(int seed, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> SampleMails.mail(seed, n, 10))
                .toArray(byte[][]::new);
    }

    private Optional<String> problem(String route) {
        return Optional.ofNullable(context.getRoute(route))
                .map(loaded -> (PolledSource) loaded.getConsumer())
                .map(PolledSource::problem);
    }

    private List<Acknowledgement> ofRoute(String route) {
        return batches.stream()
                .flatMap(List::stream)
                .filter(one -> one.receipt().route().equals(route))
                .toList();
    }

    private static Set<ReceiptId> ids(List<Acknowledgement> acknowledged) {
        return acknowledged.stream().map(one -> one.receipt().id()).collect(Collectors.toCollection(HashSet::new));
    }

    private void load(int port) throws Exception {
        settings.putIfAbsent("postbag.mail.host", "localhost");
        settings.putIfAbsent("postbag.mail.password", Dovecot.PASSWORD);
        settings.putIfAbsent("postbag.mail.certificates", authority());
        settings.put("postbag.mail.port", Integer.toString(port));
        settings.put("postbag.mail.username", MAILBOX);
        settings.put("postbag.mail.poll-milliseconds", "200");
        load(
                "connectors/email.camel.yaml",
                "connectors/email-sent.camel.yaml",
                "routes/errors.camel.yaml",
                "routes/enquiries-mailbox.camel.yaml",
                "routes/junk-mailbox.camel.yaml",
                "routes/sent-mail.camel.yaml");
    }

    private void loadByToken(int port, int tokenPort) throws Exception {
        load("connectors/email-oauth.camel.yaml");
        var route = """
                - templatedRoute:
                    routeTemplateRef: email-oauth
                    routeId: microsoft-mailbox
                    parameters:
                      - {name: host, value: localhost}
                      - {name: port, value: "%d"}
                      - {name: certificates, value: "%s"}
                      - {name: mailbox, value: "%s"}
                      - {name: tokenUrl, value: "http://127.0.0.1:%d/token"}
                      - {name: clientId, value: an-app}
                      - {name: clientSecret, value: "%s"}
                      - {name: pollMilliseconds, value: "200"}
                """.formatted(port, authority(), SHARED_MAILBOX, tokenPort, SECRET);
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("microsoft.yaml", route));
    }

    private String authority() {
        return folder.resolve("dovecot/authority.pem").toString();
    }

    private void load(String... files) throws Exception {
        Receiver receiver = arrivals -> {
            var done = kafka.receive(arrivals);
            batches.add(done);
            afterABatch.get().run();
            return done;
        };
        context.getRegistry().bind("mailArrivals", new MailArrivals(receiver));
        context.getRegistry().bind("mailbox", new MailboxComponent(Clock.systemUTC(), positions));
        settings.forEach(context.getPropertiesComponent()::addInitialProperty);
        context.start();
        for (var file : files) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString(file, Files.readString(Path.of(file))));
        }
    }

    /** Gives tokens by client credentials, and tells the mail server which of them are good and for which mailbox. */
    private static final class TokenServer implements AutoCloseable {

        private final HttpServer http;
        private final AtomicInteger given = new AtomicInteger();
        private final Set<String> active = ConcurrentHashMap.newKeySet();
        private volatile String mailbox = SHARED_MAILBOX;
        private volatile boolean secretExpired;
        private volatile int seconds = 3600;

        TokenServer() throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/token", this::give);
            http.createContext("/introspect", this::tell);
            http.start();
        }

        int port() {
            return http.getAddress().getPort();
        }

        private void give(HttpExchange exchange) throws IOException {
            var form = form(exchange);
            if (!SECRET.equals(form.get("client_secret")) || !"client_credentials".equals(form.get("grant_type"))) {
                answer(exchange, 401, "{\"error\":\"invalid_client\"}");
            } else if (secretExpired) {
                answer(
                        exchange,
                        401,
                        "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: The provided client secret keys for app 'an-app' are expired.\"}");
            } else {
                var token = "token-" + given.incrementAndGet();
                active.add(token);
                answer(
                        exchange,
                        200,
                        "{\"token_type\":\"Bearer\",\"expires_in\":%d,\"access_token\":\"%s\"}"
                                .formatted(seconds, token));
            }
        }

        private void tell(HttpExchange exchange) throws IOException {
            var token = form(exchange).getOrDefault("token", "");
            answer(exchange, 200, "{\"active\":%s,\"mailbox\":\"%s\"}".formatted(active.contains(token), mailbox));
        }

        private static Map<String, String> form(HttpExchange exchange) throws IOException {
            return Arrays.stream(new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&"))
                    .map(field -> field.split("=", 2))
                    .filter(field -> field.length == 2)
                    .collect(Collectors.toMap(field -> field[0], field -> URLDecoder.decode(field[1], UTF_8)));
        }

        private static void answer(HttpExchange exchange, int status, String body) throws IOException {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
