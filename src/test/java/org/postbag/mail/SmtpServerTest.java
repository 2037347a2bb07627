package org.postbag.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.embedded.MailServer;

/** Sending, against try mode's server and against one that answers as the test says. */
class SmtpServerTest {

    private static final SmtpServer.NotNow NO_STARTTLS = new SmtpServer.NotNow(
            "the mail server offers no encryption (STARTTLS), without which nothing is said to another machine; set postbag.smtp.security to tls and postbag.smtp.port to its own (465). Nothing was sent");

    private Answering server;

    @BeforeEach
    void start() throws IOException {
        server = new Answering();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static SmtpSettings settings(int port, SmtpSettings.Security security) {
        return new SmtpSettings("127.0.0.1", port, security, null, null, null, null, null, null, "scope", null);
    }

    private SmtpSettings byToken(int tokenPort) {
        return new SmtpSettings(
                "127.0.0.1",
                server.port(),
                SmtpSettings.Security.STARTTLS,
                null,
                "enquiries@body.example",
                null,
                URI.create("http://127.0.0.1:" + tokenPort + "/token"),
                "app",
                "secret",
                "https://outlook.office365.com/.default",
                null);
    }

    private static SmtpServer.Outcome send(SmtpSettings settings) throws Exception {
        var mail = new MimeMessage((Session) null);
        mail.setFrom(new InternetAddress("enquiries@localhost"));
        mail.setSubject("We have your message");
        mail.setText("Thank you.", UTF_8.name());
        mail.saveChanges();
        return new SmtpServer(settings, Clock.systemUTC()).send(mail, new InternetAddress("jane@example.org"));
    }

    @Test
    void aMailIsHandedOver(@TempDir Path folder) throws Exception {
        try (var real = MailServer.start(folder, 0, 0)) {
            assertThat(send(settings(real.smtpPort(), SmtpSettings.Security.NONE)))
                    .isEqualTo(new SmtpServer.Taken());
            assertThat(real.count(MailServer.SENT)).isEqualTo(1);
        }
    }

    @Test
    void anAddressThatDoesNotExistIsRefusedForGood() throws Exception {
        server.answers.put("RCPT", "550 5.1.1 No such user: jane's secret");

        assertThat(send(settings(server.port(), SmtpSettings.Security.NONE)))
                .isEqualTo(new SmtpServer.Refused("the mail server refuses it (550)"));
    }

    @Test
    void aServerThatIsBusyIsTriedAgain() throws Exception {
        server.answers.put("RCPT", "451 4.7.1 Greylisted, come back later");
        assertThat(send(settings(server.port(), SmtpSettings.Security.NONE)))
                .isEqualTo(new SmtpServer.NotNow("the mail server does not take it now (451)"));

        server.answers.remove("RCPT");
        server.answers.put(".", "452 4.3.1 Disk full");
        assertThat(send(settings(server.port(), SmtpSettings.Security.NONE)))
                .isEqualTo(new SmtpServer.NotNow("the mail server does not take it now (452)"));
    }

    @Test
    void aSenderThatTheServerDoesNotTakeIsNoFaultOfTheAddress() throws Exception {
        server.answers.put("MAIL", "550 5.7.60 Client does not have permissions to send as this sender");

        assertThat(send(settings(server.port(), SmtpSettings.Security.NONE)))
                .isEqualTo(new SmtpServer.NotNow("the mail server takes no mail from this sender"));
    }

    @Test
    void whereTheConnectionBreaksAtTheEndNobodyKnows() throws Exception {
        server.answers.put(".", "");

        assertThat(send(settings(server.port(), SmtpSettings.Security.NONE))).isEqualTo(new SmtpServer.Unsure());
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() throws Exception {
        int port = server.port();
        server.close();

        assertThat(send(settings(port, SmtpSettings.Security.NONE)))
                .isEqualTo(
                        new SmtpServer.NotNow(
                                "the mail server does not answer; see whether it runs, and whether host and port in the settings are right"));
    }

    @Test
    void nothingIsSaidToAServerThatCannotEncrypt() throws Exception {
        assertThat(send(settings(server.port(), SmtpSettings.Security.STARTTLS)))
                .isEqualTo(NO_STARTTLS);
        assertThat(server.said).noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void noTokenIsToldToAServerThatCannotEncrypt() throws Exception {
        server.extensions = List.of("AUTH PLAIN LOGIN XOAUTH2");
        try (var tokenServer = tokenServer(() -> "{\"expires_in\":3600,\"access_token\":\"token\"}", 200)) {
            assertThat(send(byToken(tokenServer.url().getPort()))).isEqualTo(NO_STARTTLS);
            assertThat(server.said).noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    @Test
    void anExpiredSecretSaysSo() throws Exception {
        try (var tokenServer = tokenServer(
                () -> "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: expired\"}", 401)) {
            assertThat(send(byToken(tokenServer.url().getPort())))
                    .isEqualTo(
                            new SmtpServer.NotNow(
                                    "the client secret has expired; make a new one where the application is registered, and put it in the settings"));
        }
    }

    @Test
    void noPasswordGoesOverAnOpenLine() {
        assertThatThrownBy(() -> new SmtpSettings(
                        "host",
                        25,
                        SmtpSettings.Security.NONE,
                        null,
                        "user",
                        "password",
                        null,
                        null,
                        null,
                        "scope",
                        null))
                .hasMessageContaining("postbag.smtp.security");
    }

    private interface Body {
        String get();
    }

    private record TokenServer(HttpServer http) implements AutoCloseable {
        URI url() {
            return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/token");
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }

    private static TokenServer tokenServer(Body body, int status) throws IOException {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/token", exchange -> {
            var answer = body.get().getBytes(UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.start();
        return new TokenServer(http);
    }

    /** Says 250 to everything but what the test says; an empty answer breaks the connection off. */
    private static final class Answering implements AutoCloseable {
        final Map<String, String> answers = new ConcurrentHashMap<>();
        final List<String> said = Collections.synchronizedList(new ArrayList<>());
        volatile List<String> extensions = List.of();
        private final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        Answering() throws IOException {
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

        private @Nullable Void serve(Socket client) throws IOException {
            try (client) {
                var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
                write(client, "220 ready");
                boolean data = false;
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    said.add(line);
                    if (data && !line.equals(".")) {
                        continue;
                    }
                    var word = line.split("[ :]", -1)[0].toUpperCase(Locale.ROOT);
                    data = word.equals("DATA");
                    var answer = answers.getOrDefault(word, data ? "354 go on" : "250 ok");
                    if (answer.isEmpty()) {
                        return null;
                    }
                    if (word.equals("EHLO")) {
                        for (var extension : extensions) {
                            write(client, "250-" + extension);
                        }
                    }
                    write(client, answer);
                }
            }
            return null;
        }

        private static void write(Socket to, String line) throws IOException {
            to.getOutputStream().write((line + "\r\n").getBytes(UTF_8));
            to.getOutputStream().flush();
        }

        @Override
        public void close() throws IOException {
            listening.close();
            threads.shutdownNow();
        }
    }
}
