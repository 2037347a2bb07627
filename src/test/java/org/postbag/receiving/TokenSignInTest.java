package org.postbag.receiving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.TestServers;
import org.postbag.embedded.LoopbackPorts;
import org.postbag.embedded.MailServer;
import org.postbag.receiving.mailbox.MailArrivals;
import org.postbag.receiving.mailbox.MailboxComponent;
import org.postbag.receiving.mailbox.MailboxLook;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The connector that signs in by token, against a stand-in token server and a mailbox that takes tokens only. */
@ExtendWith(OutputCaptureExtension.class)
class TokenSignInTest {

    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final String SECRET = "s3cret+/=&with(marks)";

    @TempDir
    Path folder;

    private MailServer mailbox;
    private HttpServer tokenServer;
    private TokenImap imap;
    private DefaultCamelContext context;
    private String secretEnds = "none";
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private final AtomicReference<String> refusal = new AtomicReference<>("");

    @BeforeEach
    void start() throws Exception {
        mailbox = MailServer.start(folder.resolve("mailbox"), 0, 0);
        imap = new TokenImap();
        tokenServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tokenServer.createContext("/token", exchange -> {
            asked.set(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            var error = refusal.get();
            var body = error.isEmpty()
                    ? "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"token-"
                            + tokens.incrementAndGet() + "\"}"
                    : error;
            exchange.sendResponseHeaders(error.isEmpty() ? 200 : 401, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        });
        tokenServer.start();
        context = new DefaultCamelContext();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        tokenServer.stop(0);
        imap.close();
        mailbox.close();
    }

    @Test
    void mailIsReadWithATokenThatIsAskedForOnce(CapturedOutput output) throws Exception {
        secretEnds = LocalDate.now(Clock.systemUTC()).plusDays(12).toString();
        send();
        load();
        await().atMost(WAIT).until(() -> received.get() == 1);

        assertThat(asked.get())
                .contains(
                        "grant_type=client_credentials",
                        "client_id=an-app",
                        "client_secret=s3cret%2B%2F%3D%26with%28marks%29")
                .contains("scope=https%3A%2F%2Foutlook.office365.com%2F.default");
        assertThat(imap.user.get()).isEqualTo("enquiries@localhost");
        assertThat(tokens.get()).isEqualTo(1);
        assertThat(output).contains("is good for 12 more days");
    }

    @Test
    void aTokenThatTheMailServerRefusesIsFollowedByAnother(CapturedOutput output) throws Exception {
        imap.refused.set("token-1");
        send();
        load();
        await().atMost(WAIT).until(() -> received.get() == 1);

        assertThat(tokens.get()).isEqualTo(2);
        assertThat(output).contains("the mail server does not take the sign-in").doesNotContain(SECRET);
    }

    @Test
    void anExpiredSecretSaysSo(CapturedOutput output) throws Exception {
        refusal.set(
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: The provided client secret keys for app 'x' are expired.\"}");
        send();
        load();
        await().atMost(WAIT).until(() -> output.getAll().contains("the client secret has expired"));

        refusal.set("");
        await().atMost(WAIT).until(() -> received.get() == 1);
    }

    @Test
    void aLookSignsInByTokenAndTakesNothing() throws Exception {
        send();

        var look = look();

        assertThat(look.steps()).allMatch(SourceLook.Step::ok);
        assertThat(look.steps().toString())
                .contains("Get a token, and sign in", "let us in as enquiries@localhost", "INBOX holds 1 mail.");
        assertThat(look.found())
                .singleElement()
                .isInstanceOfSatisfying(
                        SourceLook.Item.class,
                        item -> assertThat(new String(item.arrival().content(), UTF_8))
                                .contains("Hello"));
        assertThat(asked.get()).contains("client_secret=s3cret%2B%2F%3D%26with%28marks%29");
        assertThat(mailbox.count("INBOX")).isEqualTo(1);
        assertThat(received).hasValue(0);
    }

    @Test
    void aLookSaysWhyThereIsNoToken() throws IOException {
        refusal.set(
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: The provided client secret keys for app 'x' are expired.\"}");
        assertThat(failed(look())).contains("client secret has expired").doesNotContain("AADSTS", SECRET);

        refusal.set("{\"error\":\"unauthorized_client\",\"error_description\":\"AADSTS700016: not found\"}");
        assertThat(failed(look())).doesNotContain("AADSTS", SECRET).endsWith(".");

        assertThat(failed(look(LoopbackPorts.any()))).isEqualTo("The token server does not answer.");
    }

    @Test
    void aLookSaysThatTheMailboxDoesNotTakeTheToken() {
        imap.refused.set("token-1");

        assertThat(failed(look())).contains("does not take the sign-in").doesNotContain(SECRET);
    }

    private static String failed(SourceLook look) {
        assertThat(look.hasFailed()).isTrue();
        assertThat(look.found()).isEmpty();
        return look.steps().getLast().words();
    }

    private SourceLook look() {
        return look(tokenServer.getAddress().getPort());
    }

    private SourceLook look(int tokenPort) {
        var look = new SourceLook();
        new MailboxLook(SecretValues.NONE, Clock.systemUTC())
                .look(
                        Map.of(
                                "protocol", "imap",
                                "host", "127.0.0.1",
                                "port", Integer.toString(imap.port()),
                                "mailbox", "enquiries@localhost",
                                "folder", "INBOX",
                                "tokenUrl", "http://127.0.0.1:" + tokenPort + "/token",
                                "clientId", "an-app",
                                "clientSecret", SECRET,
                                "scope", "https://outlook.office365.com/.default"),
                        false,
                        "a-test",
                        look);
        return look;
    }

    private void send() throws Exception {
        var session = Session.getInstance(new Properties());
        try (var transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", mailbox.smtpPort(), null, null);
            transport.sendMessage(
                    new MimeMessage(
                            session, new ByteArrayInputStream("From: a@example.org\r\n\r\nHello\r\n".getBytes(UTF_8))),
                    new InternetAddress[] {new InternetAddress(MailServer.ADDRESS)});
        }
    }

    private void load() throws Exception {
        Receiver receiver = arrivals -> {
            received.addAndGet(arrivals.size());
            return java.util.List.of();
        };
        context.getRegistry().bind("mailArrivals", new MailArrivals(receiver));
        var positions =
                new SourcePositions(JdbcClient.create(TestServers.database().application()));
        context.getRegistry().bind("mailbox", new MailboxComponent(Clock.systemUTC(), positions));
        context.start();
        var route = """
                - templatedRoute:
                    routeTemplateRef: email-oauth
                    routeId: microsoft
                    parameters:
                      - {name: protocol, value: imap}
                      - {name: host, value: 127.0.0.1}
                      - {name: port, value: "%d"}
                      - {name: mailbox, value: enquiries@localhost}
                      - {name: tokenUrl, value: "http://127.0.0.1:%d/token"}
                      - {name: clientId, value: an-app}
                      - {name: clientSecret, value: "%s"}
                      - {name: secretEnds, value: "%s"}
                      - {name: pollMilliseconds, value: "100"}
                """.formatted(imap.port(), tokenServer.getAddress().getPort(), SECRET, secretEnds);
        var loader = PluginHelper.getRoutesLoader(context);
        loader.loadRoutes(ResourceHelper.fromString(
                "email-oauth.yaml", Files.readString(Path.of("connectors/email-oauth.camel.yaml"))));
        loader.loadRoutes(ResourceHelper.fromString("microsoft.yaml", route));
    }

    /** Before a mailbox that takes passwords: takes tokens only. */
    private final class TokenImap implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicReference<String> user = new AtomicReference<>("");
        private final AtomicReference<String> refused = new AtomicReference<>("");

        TokenImap() throws IOException {
            threads.submit(() -> {
                while (!listening.isClosed()) {
                    var client = listening.accept();
                    threads.submit(() -> serve(client));
                }
                return null;
            });
        }

        int port() {
            return listening.getLocalPort();
        }

        private Void serve(Socket client) throws IOException {
            try (client;
                    var upstream = new Socket(InetAddress.getLoopbackAddress(), mailbox.imapPort())) {
                threads.submit(() -> upstream.getInputStream().transferTo(client.getOutputStream()));
                var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    var words = line.split(" ");
                    if (words.length == 2 && words[1].equals("CAPABILITY")) {
                        write(client.getOutputStream(), "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR MOVE UIDPLUS");
                        write(client.getOutputStream(), words[0] + " OK done");
                    } else if (words.length == 4 && words[1].equals("AUTHENTICATE")) {
                        authenticate(words, client.getOutputStream(), upstream.getOutputStream());
                    } else {
                        write(upstream.getOutputStream(), line);
                    }
                }
            }
            return null;
        }

        private void authenticate(String[] words, OutputStream client, OutputStream upstream) throws IOException {
            var given = new String(Base64.getDecoder().decode(words[3]), UTF_8);
            var current = "token-" + tokens.get();
            user.set(given.substring("user=".length(), given.indexOf('\1')));
            if (given.contains("\1auth=Bearer " + current + "\1") && !current.equals(refused.get())) {
                write(upstream, words[0] + " LOGIN " + MailServer.ADDRESS + " " + mailbox.password());
            } else {
                write(client, words[0] + " NO AUTHENTICATE failed.");
            }
        }

        private void write(OutputStream to, String line) throws IOException {
            to.write((line + "\r\n").getBytes(UTF_8));
            to.flush();
        }

        @Override
        public void close() throws IOException {
            listening.close();
            threads.shutdownNow();
        }
    }
}
