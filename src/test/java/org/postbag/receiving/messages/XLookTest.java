package org.postbag.receiving.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.embedded.LoopbackPorts;
import org.postbag.receiving.Channel;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourceLook;

/** A look at X, against a stand-in for X. */
class XLookTest {

    private final StandInX x = StandInX.start(50);

    @AfterEach
    void close() {
        x.close();
    }

    private SourceLook look(Map<String, String> other) {
        var settings = new HashMap<>(Map.of(
                "account", StandInX.ACCOUNT,
                "consumerKey", "k",
                "consumerSecret", "ks",
                "accessToken", "1-t",
                "accessTokenSecret", "ts",
                "baseUrl", x.origin() + "/1.1/"));
        settings.putAll(other);
        var look = new SourceLook();
        new XLook(SecretValues.NONE).look(settings, "a-test", look);
        return look;
    }

    private static String said(SourceLook look) {
        assertThat(look.steps()).hasSize(1);
        assertThat(look.found()).isEmpty();
        assertThat(look.hasFailed()).isTrue();
        return look.steps().getFirst().words();
    }

    @Test
    void theLatestMessageIsShownAndItsPictureIsNotFetched() {
        x.say("7", "The first", null);
        x.say("8", "The latest", x.origin() + "/picture");

        var look = look(Map.of());

        assertThat(look.hasFailed()).isFalse();
        assertThat(look.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.words())
                        .contains("gave the latest message", "one of the fifteen questions")
                        .doesNotContain("The latest"));
        assertThat(look.found()).singleElement().isInstanceOfSatisfying(SourceLook.Item.class, item -> {
            assertThat(item.arrival().channel()).isEqualTo(Channel.X);
            assertThat(new String(item.arrival().content(), UTF_8))
                    .contains("The latest")
                    .doesNotContain("The first");
        });
        assertThat(x.asked()).as("one question, of the latest").containsExactly("0");
        assertThat(x.pictures()).isZero();
    }

    @Test
    void whereThereIsNoMessageItSaysSo() {
        var look = look(Map.of());

        assertThat(look.hasFailed()).isFalse();
        assertThat(look.steps().getFirst().words()).contains("There is no message of the last thirty days");
        assertThat(look.found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "401, X refuses the keys and tokens (401)",
        "403, X refuses the keys and tokens (403)",
        "404, X answered with an error (404)",
        "500, X answered with an error (500)"
    })
    void whatXRefusesIsSaidWithWhatToDo(int status, String words) {
        x.fault = status;

        assertThat(said(look(Map.of()))).startsWith(words);
    }

    @Test
    void aLimitThatIsUsedUpIsSaid() {
        x.questionsLeft = 0;

        assertThat(said(look(Map.of()))).contains("limit of questions is used up");
    }

    @Test
    void anAddressThatIsNotXsIsSaid() throws IOException {
        assertThat(said(look(Map.of("baseUrl", x.origin() + "/nothing/"))))
                .contains("(404)", "check the address of X's API");
        assertThat(said(look(Map.of("baseUrl", "http://127.0.0.1:" + LoopbackPorts.any() + "/1.1/"))))
                .contains("X doesn't answer");
    }

    @Test
    void whatIsNoListOfMessagesIsSaid() {
        x.instead = "<html>Sign in to the wireless network</html>";
        assertThat(said(look(Map.of()))).contains("can't be read", "Check the address");

        x.instead = "{\"friends\": 3}";
        assertThat(look(Map.of()).found()).isEmpty();
    }

    @Test
    void aSecretThatNobodyGaveIsNamed() {
        assertThat(said(look(Map.of("accessTokenSecret", SecretValues.HANDLE + "X-TOKEN"))))
                .startsWith("There is no secret X-TOKEN");
        assertThat(x.asked()).isEmpty();
    }
}
