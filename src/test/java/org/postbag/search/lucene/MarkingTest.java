package org.postbag.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.search.Segment;

class MarkingTest {

    /** As results show it: what matches, else a beginning. */
    private static List<Segment> snippet(String words, String text, String otherwise) {
        var marking = Marking.of(words, false);
        return marking.hit(text).orElseGet(() -> marking.beginning(otherwise));
    }

    private static String shown(List<Segment> segments) {
        return segments.stream()
                .map(s -> s.marked() ? "[" + s.text() + "]" : s.text())
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "register       | I registered to vote.            | I [registered] to vote.",
                "cafe           | The Café is open                 | The [Café] is open",
                "\"annual report\" | annual report, report annual  | [annual report], report annual",
                "vote -poll     | I vote at the poll               | I [vote] at the poll",
                "regi*          | Registers of regions             | [Registers] of [regions]",
                "01792496000    | Ring 01792 496000 now            | Ring [01792 496000] now",
                "the vote       | the vote of the day              | the [vote] of the day",
                "vote elephant  | a vote on one thing              | a [vote] on one thing",
                "elephant       | no such thing                    | no such thing",
                "vote           | <b>vote</b> & <script>           | <b>[vote]</b> & <script>",
            })
    void marksWhatWasLookedFor(String words, String text, String expected) {
        assertThat(shown(snippet(words, text, text))).isEqualTo(expected.replace("][", " "));
        assertThat(Segment.plain(Marking.of(words, false).subject(text))).isEqualTo(text);
    }

    @Test
    void picksTheStretchThatShowsMost() {
        var text = "ballot ".repeat(100) + "and then ".repeat(100) + "the ballot and the accounts of the party. "
                + "So it ends. ".repeat(100);

        var snippet = snippet("accounts ballot", text, text);
        assertThat(shown(snippet))
                .startsWith("\u2026")
                .endsWith("\u2026")
                .contains("the [ballot] and the [accounts] of the party");
        assertThat(Segment.plain(snippet).length()).isLessThanOrEqualTo(Marking.SNIPPET_LENGTH_MAX + 2);
    }

    @Test
    void withoutAMatchTheNewPartIsShown() {
        assertThat(shown(snippet("fitzgerald", "Thank you\n\n> quoted", "Thank you")))
                .isEqualTo("Thank you");
        assertThat(shown(snippet("", "Thank\n\n   you\u0000", "Thank\n\n   you\u0000")))
                .isEqualTo("Thank you ");
        assertThat(snippet("x", "", "")).isEmpty();
    }

    @Test
    void cutsNoCharacterInHalf() {
        var text = "🗳".repeat(1_000);

        assertThat(Segment.plain(snippet("x", text, text)).replace("🗳", "")).isEqualTo("\u2026");
    }

    @Test
    void hostileTextAndWordsAreOnlyText() {
        for (var words : List.of("\"".repeat(999), "a OR ".repeat(500), "a* ".repeat(300), "\ud800\u0000")) {
            for (var text :
                    List.of("a".repeat(500_000), "a ".repeat(100_000), "\u0000\ud800", "\u0301".repeat(10_000))) {
                assertThatCode(() -> snippet(words, text, text)).doesNotThrowAnyException();
            }
        }
    }
}
