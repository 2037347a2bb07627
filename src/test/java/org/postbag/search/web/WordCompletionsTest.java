package org.postbag.search.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordCompletionsTest {

    @ParameterizedTest
    @CsvSource({
        "chann, channel:",
        "Chann, channel:",
        "poll -categ, poll -category:",
        "channel:le, channel:letter",
        "vote channel:web, vote channel:web-form",
        "direction:o, direction:outbound",
        "category:pr, category:press",
        "status:in, status:in-hand",
        "is:un, is:unread"
    })
    void theLastWordGoesOn(String typed, String completed) {
        assertThat(WordCompletions.of(typed, 5)).containsExactly(completed);
    }

    @ParameterizedTest
    @CsvSource({"c", "poll", "channel:letter", "unknown:x", "name:jo", "'\"in channel:le'", "channel:"})
    void nothingElseDoes(String typed) {
        var expected = typed.equals("channel:") ? Arrays.asList("channel:email", "channel:web-form") : List.of();
        assertThat(WordCompletions.of(typed, 2)).isEqualTo(expected);
    }

    @Test
    void noMoreAreGivenThanAskedFor() {
        assertThat(WordCompletions.of("channel:", 3)).hasSize(3);
    }
}
