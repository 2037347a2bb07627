package org.postbag.receiving.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postbag.TestServers;
import org.postbag.normalising.Message;
import org.postbag.normalising.Readers;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.SourcePositions;
import org.postbag.receiving.exports.KeepingReceiver;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The route that asks X, by its connector, against a stand-in for X. */
class XMessagesTest {

    private static final Readers READERS = new Readers(new Profiles(Path.of("profiles")));

    private final StandInX x = StandInX.start(50);
    private final KeepingReceiver receiver = new KeepingReceiver();
    private final SourcePositions positions =
            new SourcePositions(JdbcClient.create(TestServers.database().application()));
    private volatile Instant now = Instant.parse("2026-03-03T12:00:00Z");
    private DefaultCamelContext camel = new DefaultCamelContext();
    private volatile String key = "k";
    private XMessages step = step();

    @AfterEach
    void close() throws Exception {
        camel.close();
        x.close();
    }

    private XMessages step() {
        InstantSource source = () -> now;
        var clock = source.withZone(ZoneOffset.UTC);
        return new XMessages(receiver, positions, new XMedia(clock), name -> key, clock);
    }

    private void start(String mediaHosts) throws Exception {
        start(mediaHosts, "none.example");
    }

    private void start(String mediaHosts, String signedHosts) throws Exception {
        step = step();
        camel.getRegistry().bind("xMessages", step);
        camel.start();
        var loader = PluginHelper.getRoutesLoader(camel);
        loader.loadRoutes(
                ResourceHelper.fromString("x.camel.yaml", Files.readString(Path.of("connectors/x.camel.yaml"))));
        loader.loadRoutes(ResourceHelper.fromString(
                "route.camel.yaml", """
                - templatedRoute:
                    routeTemplateRef: x
                    routeId: x-messages
                    parameters:
                      - {name: account, value: "%s"}
                      - {name: consumerKey, value: "postbag-secret:X-KEY"}
                      - {name: consumerSecret, value: ks}
                      - {name: accessToken, value: 1-t}
                      - {name: accessTokenSecret, value: ts}
                      - {name: baseUrl, value: "%s/1.1/"}
                      - {name: mediaHosts, value: "%s"}
                      - {name: signedHosts, value: "%s"}
                      - {name: everyMs, value: "200"}
                """.formatted(StandInX.ACCOUNT, x.origin(), mediaHosts, signedHosts)));
    }

    private void restart() throws Exception {
        camel.close();
        camel = new DefaultCamelContext();
        start("none.example");
    }

    private void takes(int messages) {
        await().atMost(Duration.ofSeconds(30)).until(() -> receiver.all().size() == messages);
    }

    private List<Message> messages() {
        return receiver.all().stream()
                .map(kept -> (Message) READERS.normalise(kept.receipt(), kept.content()))
                .toList();
    }

    @Test
    void takesAllPagesOnceAndThenWhatIsNew() throws Exception {
        for (int i = 0; i < 120; i++) {
            x.say("7", "Message " + i, null);
        }
        start("none.example");
        takes(120);
        assertThat(x.asked()).startsWith("0", "50", "100");

        x.say("8", "A new one", null);
        x.say(StandInX.ACCOUNT, "Ours", null);
        takes(122);

        assertThat(messages()).extracting(Message::text).contains("Message 0", "Message 119", "A new one");
        assertThat(messages())
                .filteredOn(message -> message.direction() == Direction.OUTBOUND)
                .singleElement()
                .satisfies(ours -> assertThat(ours.to().getFirst().address()).isEqualTo("x:7"));
        int before = x.asked().size();
        await().until(() -> x.asked().size() > before + 2);
        assertThat(x.asked().subList(before, x.asked().size())).containsOnly("0");
    }

    @Test
    void theCursorMovesOnlyAfterTheItemsAreDurable() throws Exception {
        x.say("7", "One", null);
        receiver.goAwayAfter(0, false);
        start("none.example");
        await().until(() -> x.asked().size() > 2);
        assertThat(positions.of("x-messages")).isEmpty();

        receiver.comeBack();

        takes(1);
        await().until(() -> positions.of("x-messages").isPresent());
    }

    @Test
    void aSweepThatTheLimitEndsGoesOnWhereItEnded() throws Exception {
        for (int i = 0; i < 120; i++) {
            x.say("7", "Message " + i, null);
        }
        x.questionsLeft = 2;
        x.resetAtSecond = now.plusSeconds(600).getEpochSecond();
        start("none.example");
        takes(100);
        int asked = x.asked().size();
        await().during(Duration.ofSeconds(1)).until(() -> x.asked().size() == asked);

        restart();
        await().until(() -> x.asked().size() > asked);
        int refused = x.asked().size();
        assertThat(receiver.all()).hasSize(100);
        await().during(Duration.ofSeconds(1)).until(() -> x.asked().size() == refused);

        x.questionsLeft = 100;
        now = now.plusSeconds(601);
        takes(120);
        assertThat(x.asked()).startsWith("0", "50", "100").contains("100");
        assertThat(x.asked().subList(2, 4)).containsExactly("100", "100");
    }

    @Test
    void wrongKeysAreSaidAndAskedWithSeldom() throws Exception {
        x.fault = 401;
        start("none.example");
        await().until(() -> x.asked().size() == 1);
        await().during(Duration.ofSeconds(1)).until(() -> x.asked().size() == 1);
        assertThat(step.problem("x-messages"))
                .as("said also while it isn't asked")
                .hasValueSatisfying(words -> assertThat(words).startsWith("X refuses the keys and tokens (401)"));

        x.fault = 0;
        x.say("7", "Hello", null);
        now = now.plusSeconds(1_000);
        takes(1);
        await().until(() -> step.problem("x-messages").isEmpty());
    }

    @Test
    void otherKeysAreTriedAtOnce() throws Exception {
        x.fault = 401;
        start("none.example");
        await().until(() -> x.asked().size() == 1);
        x.fault = 0;
        x.say("7", "Hello", null);
        await().during(Duration.ofSeconds(1)).until(() -> x.asked().size() == 1);

        key = "another";

        takes(1);
        await().until(() -> step.problem("x-messages").isEmpty());
    }

    @Test
    void timesDoNotDependOnTheZoneOfTheMachine() throws Exception {
        var zone = TimeZone.getDefault();
        try {
            for (var other : List.of("Pacific/Auckland", "America/Los_Angeles")) {
                TimeZone.setDefault(TimeZone.getTimeZone(other));
                x.say("7", "In " + other, null);
                restart();
                takes(other.startsWith("P") ? 1 : 2);
            }
        } finally {
            TimeZone.setDefault(zone);
        }
        assertThat(messages()).extracting(Message::sentAt).containsOnly(Instant.ofEpochMilli(1_772_539_200_123L));
    }

    @Test
    void picturesComeFromListedHostsOnly() throws Exception {
        x.say("1", "listed", x.origin() + "/picture");
        x.say("2", "redirected here", x.origin() + "/here");
        x.say("3", "redirected elsewhere", x.origin() + "/elsewhere");
        x.say("4", "not listed", "http://localhost:" + x.port() + "/picture");
        x.say("5", "too large", x.origin() + "/huge");
        x.say("6", "missing", x.origin() + "/nothing");
        x.say("7", "a file", "file:///etc/passwd");
        x.say("8", "with a name", "http://me@127.0.0.1:" + x.port() + "/picture");
        start(x.origin());
        takes(8);

        assertThat(messages())
                .extracting(Message::text)
                .allSatisfy(text -> assertThat(text).contains("Image: "));
        assertThat(messages())
                .filteredOn(message -> !message.attachments().isEmpty())
                .extracting(
                        message -> message.text().lines().findFirst().orElse(""),
                        message -> message.attachments().getFirst().name(),
                        message -> message.attachments().getFirst().size())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("listed", "media-1.png", 300L),
                        org.assertj.core.groups.Tuple.tuple("redirected here", "media-1.png", 300L));
        assertThat(messages())
                .filteredOn(message -> message.attachments().isEmpty())
                .hasSize(6)
                .allSatisfy(message -> assertThat(message.damaged())
                        .singleElement()
                        .asString()
                        .startsWith("A picture or film was not fetched from X: "));
    }

    @Test
    void picturesOfDirectMessagesAreAskedForByName() throws Exception {
        x.say("1", "a picture", x.origin() + "/dm/picture.png");
        x.say("2", "leads on", x.origin() + "/dm/elsewhere");
        x.say("3", "missing", x.origin() + "/nothing");
        start("none.example", x.origin());
        takes(3);

        assertThat(messages())
                .filteredOn(message -> !message.attachments().isEmpty())
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.text()).startsWith("a picture");
                    assertThat(message.attachments().getFirst().type()).isEqualTo("image/png");
                    assertThat(message.attachments().getFirst().size()).isEqualTo(200);
                });
    }
}
