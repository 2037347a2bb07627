package org.postbag.receiving.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.ApplicationTest;
import org.postbag.receiving.web.ContactSite.Answer;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** Requests that no browser sends, through the real server: each is filed, or refused in words, and the next one goes through. */
@ApplicationTest
class BadFormsTest {

    private static final String BOUNDARY = "----a-boundary-of-the-tests";
    private static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;
    private static final int MEGABYTE = 1024 * 1024;

    @LocalServerPort
    private int port;

    private ContactSite site;

    @BeforeEach
    void visit() {
        site = new ContactSite(port);
    }

    @AfterEach
    void theNextGoesThrough() throws Exception {
        assertThat(site.api("{\"message\":\"And then?\",\"noReply\":true}").statusCode())
                .isEqualTo(202);
        var answer = site.send(site.blank().type("message", "And then?").type("noReply", "true"));
        assertThat(answer.status()).isEqualTo(303);
    }

    /** The fields of a page that is right, then whatever follows. */
    private ByteArrayOutputStream begun(String message) throws Exception {
        var page = site.blank().type("message", message).type("email", "ann@example.com");
        var bytes = new ByteArrayOutputStream();
        var whole = ContactSite.multipart(page);
        bytes.writeBytes(Arrays.copyOf(whole, whole.length - (BOUNDARY.length() + 6)));
        return bytes;
    }

    private static void add(ByteArrayOutputStream bytes, String text) {
        bytes.writeBytes(text.getBytes(UTF_8));
    }

    private Answer send(ByteArrayOutputStream bytes) throws Exception {
        add(bytes, "--" + BOUNDARY + "--\r\n");
        return site.sendBytes(bytes.toByteArray(), TYPE);
    }

    private static void refusedWithEverythingInIt(Answer answer, String message) {
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.page().select(".govuk-error-summary").size()).isEqualTo(1);
        assertThat(answer.value("message")).isEqualTo(message);
        assertThat(answer.value("email")).isEqualTo("ann@example.com");
    }

    @Test
    void tenThousandParts() throws Exception {
        var bytes = begun("Many parts");
        for (int part = 0; part < 10_000; part++) {
            add(bytes, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"p" + part + "\"\r\n\r\nx\r\n");
        }

        refusedWithEverythingInIt(send(bytes), "Many parts");
    }

    @Test
    void tenThousandFiles() throws Exception {
        var bytes = begun("Many files");
        for (int part = 0; part < 10_000; part++) {
            add(
                    bytes,
                    "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"f" + part
                            + "\"\r\n\r\nx\r\n");
        }

        refusedWithEverythingInIt(send(bytes), "Many files");
    }

    @Test
    void aPartWithAnEndlessHeader() throws Exception {
        var bytes = begun("Endless");
        add(bytes, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"");
        bytes.writeBytes(new byte[3 * MEGABYTE]);
        add(bytes, "\"\r\n\r\nx\r\n");

        refusedWithEverythingInIt(send(bytes), "Endless");
    }

    @Test
    void aFileOfSixtyMegabytes() throws Exception {
        var answer = site.send(site.blank()
                .type("message", "A film")
                .type("email", "ann@example.com")
                .file("film.mov", new byte[60 * MEGABYTE]));

        refusedWithEverythingInIt(answer, "A film");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.error("files")).contains("‘film.mov’", "20MB in total");
    }

    @Test
    void noFilesAtAllIsNoMistake() throws Exception {
        var bytes = begun("No files");
        add(
                bytes,
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n\r\n");

        assertThat(send(bytes).status()).isEqualTo(303);
    }

    @Test
    void fieldsInAnotherCharsetAreTakenWithMarksWhereTheyCantBeRead() throws Exception {
        var page = site.blank().type("email", "ann@example.com").type("message", "Caf\u00e9 in latin letters");
        var bytes = new String(ContactSite.multipart(page), UTF_8).getBytes(ISO_8859_1);

        assertThat(site.sendBytes(bytes, TYPE).status()).isEqualTo(303);
    }

    @Test
    void aMessageOfManyMegabytesComesBackWithWhatFits() throws Exception {
        var answer = site.send(site.blank().type("email", "ann@example.com").type("message", "m".repeat(5 * MEGABYTE)));

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.value("message")).hasSizeGreaterThan(10_000);
    }

    @Test
    void ordinaryFieldsOfManyMegabytesAreRefusedWithAPage() throws Exception {
        var answer = site.sendBytes(
                ("message=" + "m".repeat(5 * MEGABYTE)).getBytes(UTF_8), "application/x-www-form-urlencoded");

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.page().select("h1").size()).isEqualTo(1);
        assertThat(answer.raw().body()).doesNotContain("Exception");
    }

    /** Nor can the page's key against forgery be read from it. */
    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"})
    void aFormThatIsNotMadeOfPartsIsAnsweredWithThePage(String type) throws Exception {
        var answer = site.sendBytes("message=Hello".getBytes(UTF_8), type);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.page().select(".govuk-error-summary").text()).contains("has not been sent yet");
        assertThat(answer.page().select("form[action=/contact]").size()).isEqualTo(1);
    }

    @Test
    void aRequestWhoseSenderGoesAwayHalfWay() throws Exception {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("POST /contact HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + TYPE
                                    + "\r\nContent-Length: 5000000\r\n\r\n--" + BOUNDARY + "\r\n")
                            .getBytes(US_ASCII));
        }
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("POST /api/contact-form HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 5000\r\n\r\n{\"message\":")
                            .getBytes(US_ASCII));
        }
    }

    static Stream<Arguments> bodiesThatAreNoForm() {
        return Stream.of(
                Arguments.of("nothing", new byte[0]),
                Arguments.of("only NULs", new byte[1_000]),
                Arguments.of("another encoding", "{\"message\":\"Caf\u00e9\",\"noReply\":true}".getBytes(ISO_8859_1)),
                Arguments.of("cut within a letter", Arrays.copyOf("{\"message\":\"\u00e9".getBytes(UTF_8), 13)),
                Arguments.of("a form of fields", "message=Hello&noReply=true".getBytes(UTF_8)),
                Arguments.of("XML", "<form><message>Hello</message></form>".getBytes(UTF_8)),
                Arguments.of("a number too long", ("{\"message\":" + "9".repeat(100_000) + "}").getBytes(UTF_8)),
                Arguments.of("a name too long", ("{\"" + "n".repeat(100_000) + "\":1}").getBytes(UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodiesThatAreNoForm")
    void aBodyThatIsNoFormIsAProblem(String what, byte[] body) throws Exception {
        var answer = site.api("application/json", body);

        assertThat(answer.statusCode()).as(what).isIn(400, 422);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/problem+json");
        assertThat(JsonMapper.shared().readTree(answer.body()).path("detail").stringValue())
                .isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception", "tools.jackson");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60})
    void aHugeBodyIsAnsweredNotCutOff(int megabytes) throws Exception {
        var answer = site.api("{\"message\":\"" + "x".repeat(megabytes * MEGABYTE) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(JsonMapper.shared().readTree(answer.body()).path("detail").stringValue())
                .contains("262144 bytes", "Nothing was taken in");
    }

    @Test
    void jsonInAnotherEncodingOfUnicodeIsRead() throws Exception {
        assertThat(site.api("application/json", "{\"message\":\"Hello\",\"noReply\":true}".getBytes(UTF_16))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void everyFieldTooLongIsNamed() throws Exception {
        var answer = site.api(JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "name", "n".repeat(201),
                        "email", "e".repeat(300) + "@example.com",
                        "telephone", "0".repeat(41),
                        "postcode", "p".repeat(21),
                        "topic", "t".repeat(101),
                        "message", "m".repeat(10_001),
                        "key", "k".repeat(101))));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(JsonMapper.shared()
                        .readTree(answer.body())
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("pointer").stringValue()))
                .containsExactlyInAnyOrder(
                        "#/name", "#/email", "#/telephone", "#/postcode", "#/topic", "#/message", "#/key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<script>alert('x')</script>", "a\u0000b\u0007", "{{7*7}}${7*7}", "'; drop table enquiry; --"})
    void hostileTextIsTakenAsText(String hostile) throws Exception {
        var answer = site.api(JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "name",
                        hostile,
                        "postcode",
                        hostile.substring(0, Math.min(hostile.length(), 20)),
                        "topic",
                        hostile,
                        "message",
                        hostile,
                        "key",
                        UUID.randomUUID() + hostile,
                        "noReply",
                        true)));

        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @Test
    void doublesAtTheSameMomentAreOneItem() throws Exception {
        var form = "{\"message\":\"Pressed twice\",\"noReply\":true,\"key\":\"" + UUID.randomUUID() + "\"}";
        Callable<String> press = () -> new ContactSite(port).api(form).body();
        try (var people = Executors.newFixedThreadPool(8)) {
            var answers = people.invokeAll(java.util.Collections.nCopies(24, press));

            var references = new java.util.HashSet<String>();
            for (var answer : answers) {
                references.add(answer.get());
            }
            assertThat(references).hasSize(1).first().asString().contains("reference");
        }
    }

    @Test
    void aPagePressedTwiceAtTheSameMomentIsOneItem() throws Exception {
        var bytes = begun("Pressed twice");
        add(bytes, "--" + BOUNDARY + "--\r\n");
        Callable<Integer> press =
                () -> site.sendBytes(bytes.toByteArray(), TYPE).status();
        try (var fingers = Executors.newFixedThreadPool(4)) {
            for (var answer : fingers.invokeAll(java.util.Collections.nCopies(8, press))) {
                assertThat(answer.get()).isEqualTo(303);
            }
        }
    }
}
