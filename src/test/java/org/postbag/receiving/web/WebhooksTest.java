package org.postbag.receiving.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.ApplicationTest;
import org.postbag.console.RouteDesk;
import org.postbag.console.Stopping;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The webhooks of a running program, called as the platforms call them. */
@ApplicationTest
class WebhooksTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Value("${postbag.data}")
    private Path data;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RouteDesk desk;

    private String secret;
    private final String person = UUID.randomUUID().toString();

    @BeforeEach
    void readSecret() throws Exception {
        secret = Files.readString(data.resolve("webhook-secret")).strip();
    }

    private String message(String mid, String rest) {
        return "{\"sender\":{\"id\":\"" + person + "\"},\"recipient\":{\"id\":\"1\"},\"timestamp\":1772539200000,"
                + "\"message\":{\"mid\":\"" + mid + person + "\"," + rest + "}}";
    }

    private static String body(String... events) {
        return "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"time\":1,\"messaging\":[" + String.join(",", events)
                + "]}]}";
    }

    private HttpResponse<String> post(byte[] body, String signature) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/facebook"))
                        .header("X-Hub-Signature-256", signature)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int send(String body) throws Exception {
        return post(body.getBytes(UTF_8), signature(body.getBytes(UTF_8))).statusCode();
    }

    private String signature(byte[] body) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    }

    private HttpResponse<String> get(String query) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/facebook?" + query))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String filed() {
        return jdbc.sql("""
                        select coalesce(string_agg(e.text, '|' order by e.text), '') from enquiry e
                        join identifier_use u on u.contact_id = e.contact_id join identifier i on i.id = u.identifier_id
                        where i.value = :handle
                        """)
                .param("handle", "facebook:" + person)
                .query(String.class)
                .single();
    }

    private void becomes(String texts) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(filed()).isEqualTo(texts));
    }

    @Test
    void aBatchIsFiledOnceHoweverOftenItComes() throws Exception {
        var both = body(message("a", "\"text\":\"First\""), message("b", "\"text\":\"Second\""));

        assertThat(send(both)).isEqualTo(200);
        assertThat(send(both)).isEqualTo(200);

        becomes("First|Second");
        assertThat(jdbc.sql("select count(distinct thread_id) from enquiry where text in ('First', 'Second')")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatIsTakenBackIsGone() throws Exception {
        send(body(message("a", "\"text\":\"By mistake\"")));
        becomes("By mistake");

        send(body(message("a", "\"is_deleted\":true")));

        becomes("The sender took this message back. What it said was erased.");
    }

    @Test
    void anEchoOfOursIsAcknowledgedAndNotFiled() throws Exception {
        assertThat(send(body(message("a", "\"is_echo\":true,\"text\":\"Ours\""), message("b", "\"text\":\"Theirs\""))))
                .isEqualTo(200);

        becomes("Theirs");
    }

    @Test
    void aCallThatIsNotSignedIsRefused() throws Exception {
        var body = body(message("a", "\"text\":\"Forged\"")).getBytes(UTF_8);

        for (var signature : new String[] {
            "", "sha256=", "sha256=zz", "sha1=" + "0".repeat(40), "sha256=" + "0".repeat(64), signature(new byte[0])
        }) {
            var answer = post(body, signature);
            assertThat(answer.statusCode()).as(signature).isEqualTo(403);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        }
        assertThat(filed()).isEmpty();
    }

    @Test
    void aSignedBodyThatIsNoneIsRefusedInWords() throws Exception {
        assertThat(send("")).isEqualTo(400);
        assertThat(send("{")).isEqualTo(400);
        assertThat(send("{\"entry\":5}")).isEqualTo(400);
        assertThat(send("{\"a\":\"" + "x".repeat(Webhooks.BODY_BYTES_MAX) + "\"}"))
                .isEqualTo(413);
    }

    @Test
    void provesThatTheAddressIsOurs() throws Exception {
        assertThat(get("hub.mode=subscribe&hub.verify_token=" + secret + "&hub.challenge=1158201444")
                        .body())
                .isEqualTo("1158201444");
        assertThat(get("hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1158201444")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("hub.mode=subscribe&hub.verify_token=" + secret + "&hub.challenge=%3Cscript%3E")
                        .statusCode())
                .isEqualTo(400);
        assertThat(get("").statusCode()).isEqualTo(400);
    }

    @Test
    void xChallengesAndCallsLikewise() throws Exception {
        var challenge = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/x?crc_token=abc%3D"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(challenge.body()).isEqualTo("{\"response_token\":\"" + inBase64("abc=".getBytes(UTF_8)) + "\"}");
        var body = ("{\"for_user_id\":\"1\",\"direct_message_events\":[{\"type\":\"message_create\",\"id\":\"" + person
                        + "\",\"created_timestamp\":\"1772539200123\",\"message_create\":{\"target\":{\"recipient_id\":\"1\"},"
                        + "\"sender_id\":\"" + person + "\",\"message_data\":{\"text\":\"By X\"}}}]}")
                .getBytes(UTF_8);

        assertThat(postToX(body, inBase64(new byte[0]))).isEqualTo(403);
        assertThat(postToX(body, inBase64(body))).isEqualTo(200);
        assertThat(postToX(body, inBase64(body))).isEqualTo(200);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> jdbc.sql("select count(*) from enquiry where text = 'By X' and channel = 'x'")
                                .query(Long.class)
                                .single()
                        == 1);
    }

    /** Else anyone could have X's secret sign the body of a call. */
    @Test
    void signsNothingForXThatCouldBeACall() throws Exception {
        var challenge = CLIENT.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/webhooks/x?crc_token=%7B%22a%22%3A1%7D"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(challenge.statusCode()).isEqualTo(400);
        assertThat(challenge.body()).doesNotContain("sha256");
    }

    private int postToX(byte[] body, String signature) throws Exception {
        return CLIENT.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/x"))
                                .header("x-twitter-webhooks-signature", signature)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private String inBase64(byte[] body) throws Exception {
        return "sha256="
                + Base64.getEncoder()
                        .encodeToString(HexFormat.of().parseHex(signature(body).substring(7)));
    }

    @Test
    void aStoppedRouteIsAskedAgain() throws Exception {
        Stopping.stop(desk, "facebook-messages");
        try {
            assertThat(send(body(message("a", "\"text\":\"Later\"")))).isEqualTo(503);
        } finally {
            Stopping.start(desk, "facebook-messages");
        }
        assertThat(send(body(message("a", "\"text\":\"Later\"")))).isEqualTo(200);
        becomes("Later");
    }
}
