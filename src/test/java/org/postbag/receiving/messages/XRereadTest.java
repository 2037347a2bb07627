package org.postbag.receiving.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.RereadSource.Away;
import org.postbag.receiving.RereadSource.Extent;
import org.postbag.receiving.RereadSource.Piece;
import org.postbag.receiving.RereadSource.Span;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourceLook;

/** X's messages read again, within what X allows, against a stand-in for X. */
class XRereadTest {

    /** When all of the stand-in's messages were written. */
    private static final LocalDate DAY = LocalDate.parse("2026-03-03");

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-20T12:00:00Z"), ZoneOffset.UTC);
    private final StandInX x = StandInX.start(50);
    private final XReread again = new XReread(new XMedia(CLOCK), SecretValues.NONE, CLOCK);

    @AfterEach
    void stop() {
        x.close();
    }

    private Span span(LocalDate first, LocalDate last) {
        return new Span(
                "x-messages",
                "x",
                Map.of(
                        "account", StandInX.ACCOUNT,
                        "consumerKey", "k",
                        "consumerSecret", "ks",
                        "accessToken", "1-t",
                        "accessTokenSecret", "ts",
                        "baseUrl", x.origin() + "/1.1/",
                        "mediaHosts", "127.0.0.1",
                        "signedHosts", "none.example"),
                first,
                last);
    }

    private Piece next(Span span, String place) throws Away {
        return again.open(span, place, new SourceLook()).next(10);
    }

    private List<Arrival> all(Span span) throws Away {
        var items = new ArrayList<Arrival>();
        var piece = next(span, "");
        items.addAll(piece.items());
        while (!piece.last()) {
            // Each piece as by another node, from the place that the last one came to.
            piece = next(span, piece.place());
            items.addAll(piece.items());
        }
        return items;
    }

    private void say(int number) {
        for (int i = 0; i < number; i++) {
            x.say(i % 10 == 0 ? StandInX.ACCOUNT : "9", "Message " + i, null);
        }
    }

    @Test
    void messagesOfTheSpanAreReadPageByPageAndThoseOfOtherDaysAreNot() throws Away {
        say(120);

        assertThat(all(span(DAY, DAY)).stream()
                        .map(item -> new String(item.externalId(), UTF_8))
                        .distinct())
                .hasSize(120);
        assertThat(x.asked()).containsExactly("0", "50", "100");
        assertThat(all(span(DAY.plusDays(1), DAY.plusDays(2)))).isEmpty();
        assertThat(x.asked()).as("older ones end it").hasSize(4);
        assertThat(all(span(DAY.minusDays(9), DAY.minusDays(1)))).isEmpty();
    }

    @Test
    void whatCameMeanwhileDoesNotShiftWhatIsRead() throws Away {
        say(70);
        var first = next(span(DAY, DAY), "");
        say(30);

        var rest = next(span(DAY, DAY), first.place());

        assertThat(first.items()).hasSize(50);
        assertThat(rest.items()).as("the page holds thirty that were read").hasSize(20);
        assertThat(rest.last()).isTrue();
    }

    @Test
    void questionsAreLeftToTheRouteAndItWaitsUntilXAllowsMore() throws Away {
        say(120);
        x.questionsLeft = 6;
        x.resetAtSecond = CLOCK.instant().plusSeconds(300).getEpochSecond();

        var piece = next(span(DAY, DAY), "");
        assertThat(piece.items()).hasSize(50);
        assertThat(piece.nextAt()).isEqualTo(CLOCK.instant().plusSeconds(300));

        x.questionsLeft = 0;
        var none = next(span(DAY, DAY), piece.place());
        assertThat(none.items()).isEmpty();
        assertThat(none.place()).isEqualTo(piece.place());
        assertThat(none.last()).isFalse();
        assertThat(none.nextAt()).isEqualTo(CLOCK.instant().plusSeconds(300));
    }

    @Test
    void aPageThatIsGoneIsBegunAtTheTopAndRefusalsSaySo() throws Away {
        say(70);
        var first = next(span(DAY, DAY), "");
        x.fault = 400;
        var gone = next(span(DAY, DAY), first.place());
        x.fault = 0;

        assertThat(gone.items()).isEmpty();
        assertThat(next(span(DAY, DAY), gone.place()).items())
                .as("what was read is passed over")
                .isEmpty();
        x.fault = 401;
        assertThatThrownBy(() -> next(span(DAY, DAY), ""))
                .isInstanceOf(Away.class)
                .hasMessageContaining("keys");
        assertThat(again.extent(Map.of()))
                .isInstanceOfSatisfying(
                        Extent.Kept.class, kept -> assertThat(kept.first()).isEqualTo(LocalDate.parse("2026-02-18")));
    }

    @Test
    void picturesAreFetchedOnlyForWhatIsTakenIn() throws Exception {
        x.say("9", "Look", x.origin() + "/picture");
        try (var reading = again.open(span(DAY, DAY), "", new SourceLook())) {
            var items = reading.next(10).items();

            assertThat(new String(items.getFirst().content(), UTF_8)).doesNotContain("postbag:media");
            var whole = reading.whole(items).getFirst();
            assertThat(new String(whole.content(), UTF_8)).contains("postbag:media");
            assertThat(whole.externalId()).isEqualTo(items.getFirst().externalId());
        }
    }
}
