package org.postbag.receiving.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.ApplicationTest;
import org.postbag.console.RouteDesk;
import org.postbag.console.Stopping;
import org.postbag.receiving.Reference;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ApplicationTest
class ContactEndpointTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    private RouteDesk desk;

    @LocalServerPort
    private int port;

    private ContactSite site;

    @BeforeEach
    void visit() {
        site = new ContactSite(port);
    }

    @Test
    void aFormIsAnsweredByItsReferenceAndARepeatAlike() throws Exception {
        var form = """
                {"name":"Ann","email":"ann@example.com","telephone":"01792 496000","postcode":"SA1 3SN",
                 "topic":"Registering to vote","message":"Hello","key":"order-1"}
                """;

        var first = site.api(form);
        var again = site.api(form);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(Reference.parse(reference(first))).isPresent();
        assertThat(reference(again)).isEqualTo(reference(first));
    }

    @Test
    void anotherContentUnderAKnownKeyIsAnotherItem() throws Exception {
        var one = site.api("{\"email\":\"ann@example.com\",\"message\":\"One\",\"key\":\"k-2\"}");
        var other = site.api("{\"email\":\"ann@example.com\",\"message\":\"Other\",\"key\":\"k-2\"}");

        assertThat(reference(other)).isNotEqualTo(reference(one));
    }

    @Test
    void withoutAKeyEachSendingIsAnItemOfItsOwn() throws Exception {
        var form = "{\"message\":\"Hello\",\"noReply\":true,\"name\":null}";

        assertThat(reference(site.api(form))).isNotEqualTo(reference(site.api(form)));
    }

    @Test
    void eachFieldThatIsWrongIsNamed() throws Exception {
        var answer = site.api("{\"message\":\"\",\"email\":\"nobody\",\"name\":\"%s\",\"key\":\"%s\"}"
                .formatted("n".repeat(300), "k".repeat(200)));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/problem+json");
        assertThat(JSON.readTree(answer.body()).path("status").intValue()).isEqualTo(422);
        assertThat(errors(answer)).containsOnlyKeys("#/message", "#/email", "#/name", "#/key");
        assertThat(errors(answer).get("#/message")).isEqualTo("Enter your message");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\":5} | #/message",
                "{\"message\":\"Hi\",\"noReply\":\"yes\"} | #/noReply",
                "{\"message\":\"Hi\",\"email\":[\"a@example.com\"]} | #/email",
                "{\"message\":\"Hi\",\"noReply\":true,\"surname\":\"x\"} | #/surname",
                "{\"message\":\"Hi\"} | #/email"
            })
    void wrongTypesAndUnknownFieldsAreNamed(String body, String pointer) throws Exception {
        var answer = site.api(body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(errors(answer)).containsOnlyKeys(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "message=Hello",
                "{\"message\":\"cut",
                "[]",
                "\"text\"",
                "null",
                "{} {}",
                "{\"key\":\"a\",\"key\":\"b\"}"
            })
    void whatIsNoJsonObjectIsABadRequest(String body) throws Exception {
        var answer = site.api(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/problem+json");
        assertThat(JSON.readTree(answer.body()).path("detail").stringValue()).contains("JSON");
    }

    @Test
    void aDeeplyNestedBodyIsABadRequest() throws Exception {
        assertThat(site.api("[".repeat(100_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void anotherContentTypeIsRefused() throws Exception {
        var answer = site.api("text/plain", "{}".getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/problem+json");
    }

    @Test
    void aHugeBodyIsRefused() throws Exception {
        var answer = site.api("{\"message\":\"" + "x".repeat(3_000_000) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void nulsAreReplacedNotLost() throws Exception {
        var answer = site.api("{\"message\":\"a\\u0000b\",\"noReply\":true}");

        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @Test
    @Timeout(30)
    void whileTheRouteIsStoppedTheAnswerIsATryAgain() throws Exception {
        var form = "{\"message\":\"Later\",\"noReply\":true,\"key\":\"later\"}";
        HttpResponse<String> answer;
        Stopping.stop(desk, "public-form");
        try {
            answer = site.api(form);
        } finally {
            Stopping.start(desk, "public-form");
        }

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(site.api(form).statusCode()).isEqualTo(202);
    }

    private static String reference(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body()).path("reference").stringValue();
    }

    private static Map<String, String> errors(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body())
                .path("errors")
                .valueStream()
                .collect(Collectors.toMap(
                        ContactEndpointTest::pointer, e -> e.path("detail").stringValue()));
    }

    private static String pointer(JsonNode error) {
        return error.path("pointer").stringValue();
    }
}
