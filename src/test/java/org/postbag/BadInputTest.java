package org.postbag;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.embedded.MailServer;
import org.postbag.receiving.web.ContactSite;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bad mails and forms through the real channels of one running program: each is filed, or in quarantine with a reason in words, or refused in words;
 * once only; and the next goes through. Exports are in {@link BadExportTest}.
 */
class BadInputTest extends ThroughTheChannels {

    private static final int MEGABYTE = 1024 * 1024;
    private static final int SENT_TWICE_LENGTH_MAX = 100_000;
    private static final String HEAD = "From: Ann <ann@example.org>\r\nSubject: Bad\r\n";
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final List<String> FIELDS = List.of("topic", "message", "email", "telephone", "name", "postcode");

    @Autowired
    private MailServer mailbox;

    @Autowired
    private JdbcClient jdbc;

    static List<Arguments> mails() {
        var levels = IntStream.range(0, 200).boxed().toList();
        return List.of(
                arguments("empty", "", null, "x@example.org"),
                arguments(
                        "without headers",
                        "Is there an election in May?\r\nWe have moved to cwmdonkin.\r\n",
                        "cwmdonkin",
                        "No empty line stands between the headers and the text."),
                arguments(
                        "of 10,000 parts",
                        HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                                + String.join(
                                        "",
                                        IntStream.range(0, 10_000)
                                                .mapToObj(n -> "--b\r\nContent-Type: text/plain\r\n\r\npart" + n
                                                        + "of10000\r\n")
                                                .toList())
                                + "--b--\r\n",
                        "part9999of10000",
                        "part0of10000"),
                arguments(
                        "of 200 nested multiparts",
                        HEAD
                                + String.join(
                                        "",
                                        levels.stream()
                                                .map(n -> "Content-Type: multipart/mixed; boundary=n" + n
                                                        + "\r\n\r\n--n" + n + "\r\n")
                                                .toList())
                                + "\r\nat the bottom of the burrow\r\n",
                        "burrow",
                        "at the bottom of the burrow"),
                arguments(
                        "of 200 messages within messages",
                        (HEAD + "Content-Type: message/rfc822\r\n\r\n").repeat(200)
                                + "Subject: Last\r\n\r\nthe smallest matryoshka\r\n",
                        "matryoshka",
                        "the smallest matryoshka"),
                arguments(
                        "in a charset that isn't",
                        HEAD
                                + "Content-Type: text/plain; charset=x-made-up\r\n\r\nThe fee at Llanelwy is \u00a3500\r\n",
                        "Llanelwy",
                        "The text names a charset that does not exist; it was told from the text itself."),
                arguments(
                        "in another charset than it says",
                        HEAD
                                + "Content-Type: text/plain; charset=us-ascii\r\n\r\nMae\u2019r cwestiwn am Aberdaugleddau\r\n",
                        "Aberdaugleddau",
                        "Mae\u2019r cwestiwn am Aberdaugleddau"),
                arguments(
                        "with NULs everywhere",
                        "From: A\0nn <a\0nn@example.org>\r\nSubject: N\0UL\r\nX\0: \0\r\n\r\n\0before\0 a nulgarden \0\r\n",
                        "nulgarden",
                        "a nulgarden"),
                arguments(
                        "of 60 MB",
                        HEAD + "\r\n" + ("x".repeat(70) + "\r\n").repeat(60 * MEGABYTE / 72),
                        null,
                        "The mail is larger than 50 MB, the most that is read. It is kept whole"));
    }

    /** @param word what it is found by; null where there is no text or it can't be filed */
    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void aMailIsFiledOrInQuarantine(String what, String mail, @Nullable String word, String says) throws Exception {
        send(mail);
        if (mail.startsWith("From:") && mail.length() < SENT_TWICE_LENGTH_MAX) {
            // As mail servers do. Without headers nobody can tell one mail sent twice from two.
            send(mail);
        }
        theNextMailIsFound();

        assertThat(fresh()).as("each once").hasSize(2).map(this::shown).anyMatch(page -> page.contains(says));
        if (word != null) {
            assertThat(found(word).path("channel").stringValue()).isEqualTo("email");
        }
    }

    /** Servers add a line or two to what they deliver; a program that puts mails into a mailbox by IMAP adds none. */
    @Test
    void aMailOfNothingIsInQuarantine() throws Exception {
        var session = Session.getInstance(new Properties());
        try (var imap = session.getStore("imap")) {
            imap.connect("127.0.0.1", mailbox.imapPort(), MailServer.ADDRESS, mailbox.password());
            imap.getFolder("INBOX").appendMessages(new Message[] {
                new MimeMessage(session, new ByteArrayInputStream("\r\n".getBytes(UTF_8)))
            });
        }
        theNextMailIsFound();

        assertThat(fresh())
                .hasSize(2)
                .map(this::shown)
                .anyMatch(page -> page.contains("The mail is empty: there is not even a sender in it."));
    }

    private void theNextMailIsFound() throws IOException {
        var word = word();
        send("From: Next <next@example.org>\r\nSubject: Next\r\n\r\nThe next, " + word + "\r\n");
        found(word);
        soon().until(() -> mailbox.count("INBOX") == 0);
    }

    static List<Arguments> bodiesThatAreNoForm() {
        var form = "{\"message\":\"Caf\u00e9\",\"noReply\":true}";
        return List.of(
                arguments("not JSON", "application/json", "message=Hello&noReply=true".getBytes(UTF_8), 400),
                arguments("nothing", "application/json", new byte[0], 400),
                arguments("cut off", "application/json", form.substring(0, 20).getBytes(UTF_8), 400),
                arguments("in Latin-1", "application/json;charset=ISO-8859-1", form.getBytes(ISO_8859_1), 400),
                arguments("in a charset that isn't", "application/json;charset=x-made-up", form.getBytes(UTF_8), 415),
                arguments("of another type", "text/plain", form.getBytes(UTF_8), 415),
                arguments("a list", "application/json", ("[" + form + "]").getBytes(UTF_8), 400),
                arguments(
                        "all too long",
                        "application/json",
                        "{\"message\":\"M\",\"name\":\"N\",\"email\":\"E\",\"telephone\":\"T\",\"postcode\":\"P\",\"topic\":\"O\"}"
                                .replaceAll("\"([A-Z])\"", "\"" + "$1".repeat(10_001) + "\"")
                                .getBytes(UTF_8),
                        422));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodiesThatAreNoForm")
    void aBodyThatIsNoFormIsRefusedInWords(String what, String type, byte[] body, int status) throws Exception {
        var answer = new ContactSite(port).api(type, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(JsonMapper.shared().readTree(answer.body()).path("detail").stringValue())
                .isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception", "tools.jackson");
        theNextFormIsFound(0);
    }

    @Test
    void aPageWithEveryFieldTooLongComesBackWhole() throws Exception {
        var site = new ContactSite(port);
        var typed = site.blank();
        for (var field : FIELDS) {
            typed.type(field, field.repeat(2_000));
        }

        var answer = site.send(typed);

        assertThat(answer.status()).isEqualTo(422);
        for (var field : FIELDS) {
            assertThat(answer.error(field)).contains("characters or fewer");
            assertThat(answer.page().select(".govuk-error-summary a[href=#" + field + "]"))
                    .hasSize(1);
            assertThat(answer.value(field)).isEqualTo(field.repeat(2_000));
        }
        theNextFormIsFound(0);
    }

    @Test
    void scriptsAndNulsInEachFieldAreShownAsText() throws Exception {
        var site = new ContactSite(port);
        var word = word();
        var typed = site.blank();
        for (var field : List.of("topic", "email", "telephone", "name")) {
            typed.type(field, SCRIPT + "\0");
        }
        typed.type("postcode", "<script>\0").type("message", SCRIPT + "\0" + word);

        var refused = site.send(typed);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.error("email")).contains("correct format");
        assertThat(refused.error("telephone")).contains("with its area code");
        assertThat(refused.value("name")).startsWith(SCRIPT);
        assertThat(refused.value("message")).startsWith(SCRIPT).endsWith(word);
        assertThat(refused.raw().body()).doesNotContain("<script>alert");

        var mended =
                ContactSite.of(refused.page()).type("email", "ann@example.org").type("telephone", "");
        assertThat(site.send(mended).status()).isEqualTo(303);
        found(word);
        assertThat(fresh()).singleElement().extracting(this::shown).asString().contains(SCRIPT);
        var contact = jdbc.sql("select max(contact_id) from enquiry")
                .query(Long.class)
                .single();
        for (var page : List.of("/contacts/" + contact, "/enquiries", "/")) {
            var shown = officer.get(page);
            assertThat(shown.statusCode()).as(page).isIn(200, 302);
            assertThat(shown.body()).as(page).doesNotContain("<script>alert");
        }
        theNextFormIsFound(1);
    }

    @Test
    void aPageThatIsCutOffOrInAnotherCharset() throws Exception {
        var site = new ContactSite(port);
        var word = word();
        var typed = site.blank().type("noReply", "true").type("message", "Caf\u00e9 " + word);
        var whole = ContactSite.multipart(typed);
        var type = "multipart/form-data; boundary=" + new String(whole, UTF_8).split("\r\n")[0].substring(2);

        var cut = site.sendBytes(Arrays.copyOf(whole, whole.length - 30), type);

        assertThat(cut.status()).isEqualTo(400);
        assertThat(cut.page().select(".govuk-error-summary")).hasSize(1);
        assertThat(cut.value("message")).startsWith("Caf\u00e9");
        assertThat(site.sendBytes(new byte[0], type).status()).isBetween(400, 499);
        assertThat(fresh()).isEmpty();

        assertThat(site.sendBytes(new String(whole, UTF_8).getBytes(ISO_8859_1), type)
                        .status())
                .isEqualTo(303);
        found(word);
        theNextFormIsFound(1);
    }

    private void theNextFormIsFound(int others) throws Exception {
        var word = word();
        var site = new ContactSite(port);
        assertThat(site.send(site.blank().type("message", "And " + word).type("noReply", "true"))
                        .status())
                .isEqualTo(303);
        found(word);
        assertThat(fresh()).hasSize(1 + others);
    }

    /** Says it to the SMTP server byte by byte, as no mail library would. */
    private void send(String mail) throws IOException {
        try (var socket = new Socket("127.0.0.1", mailbox.smtpPort())) {
            socket.setSoTimeout(30_000);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(in.readLine()).startsWith("220");
            for (var line :
                    List.of("HELO test", "MAIL FROM:<x@example.org>", "RCPT TO:<" + MailServer.ADDRESS + ">", "DATA")) {
                socket.getOutputStream().write((line + "\r\n").getBytes(UTF_8));
                assertThat(in.readLine()).startsWith(line.equals("DATA") ? "354" : "250");
            }
            socket.getOutputStream().write(mail.replaceAll("(?m)^\\.", "..").getBytes(UTF_8));
            socket.getOutputStream().write(".\r\nQUIT\r\n".getBytes(UTF_8));
            assertThat(in.readLine()).startsWith("250");
        }
    }
}
