package org.postbag.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of which words people are warned, and of which they are not. */
class AbusiveWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You bastards",
                "what the FUCKING hell",
                "Shit!",
                "You fuuuuuck",
                "f**k the lot of you",
                "sh1t service, sh!t people",
                "a f u c k i n g no: f.u.c.k",
                "ｆｕｃｋ off",
                "f\u200bu\u200bck",
                "bástàrd",
                "Why don’t you\ndrop   dead",
                "(wankers)",
                "I hope you get cancer"
            })
    void abuseInEnglishIsFound(String text) {
        assertThat(AbusiveWords.in(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ffyc off",
                "ti’n hen gont",
                "y ffycin cyngor",
                "Cer i’r diawl",
                "Twll dîn pob Sais",
                "rwyt ti’n gachwr",
                "lladda dy hun"
            })
    void abuseInWelshIsFound(String text) {
        assertThat(AbusiveWords.in(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I live in Scunthorpe, Essex, near Penistone; my name is Dick Cockburn",
                "Pakistan's fire retardant, cont. on page 2",
                "Shitake mushrooms from Wankie",
                "Mae fy mhleidlais bost heb gyrraedd. Ble mae'r orsaf bleidleisio? Pric pwdin!",
                "The blue tit nests by the drainage dyke; a fag end lay there",
                "f * * k of 3 * 4",
                "01792 496 0000, 5417, SA1 4PE",
                "A classic assessment of the Arsenal scoreboard",
                "He was hit by the door"
            })
    void whatIsOrdinaryIsNot(String text) {
        assertThat(AbusiveWords.in(text)).isFalse();
    }

    @Test
    void whatIsMadeToTakeLongDoesNot() {
        for (var text :
                new String[] {"f".repeat(50_000), "f*".repeat(25_000), "f u c ".repeat(9_000), "m" + "*".repeat(49_000)
                }) {
            long begin = System.nanoTime();
            assertThat(AbusiveWords.in(text)).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        }
    }
}
