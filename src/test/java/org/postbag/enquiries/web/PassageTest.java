package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassageTest {

    @Test
    void aMessageWithoutQuotesIsOnePassage() {
        assertThat(Passage.of("Hello\n\nthere\n", "Hello\n\nthere"))
                .containsExactly(new Passage(false, "Hello\n\nthere", 2));
    }

    @Test
    void whatIsQuotedBelowIsFolded() {
        var passages = Passage.of("My answer.\n\nOn 2 March you wrote:\n> Poll cards\n> go out\n", "My answer.");

        assertThat(passages)
                .containsExactly(
                        new Passage(false, "My answer.", 1),
                        new Passage(true, "On 2 March you wrote:\n> Poll cards\n> go out", 3));
    }

    @Test
    void whatIsQuotedBetweenAnswersIsFoldedWhereItStands() {
        var passages = Passage.of("> When?\nIn May.\n> Where?\nAt the hall.\n", "In May.\nAt the hall.");

        assertThat(passages).extracting(Passage::quoted).containsExactly(true, false, true, false);
        assertThat(passages)
                .extracting(Passage::text)
                .containsExactly("> When?", "In May.", "> Where?", "At the hall.");
    }

    @Test
    void nothingIsLeftOutWhereTheReplyIsNotInTheText() {
        var passages = Passage.of("One line of text", "One line\nof text");

        assertThat(passages).extracting(Passage::text).containsExactly("One line\nof text", "One line of text");
        assertThat(passages).extracting(Passage::quoted).containsExactly(false, true);
    }

    @Test
    void anEmptyMessageHasNoPassage() {
        assertThat(Passage.of("", "")).isEmpty();
        assertThat(Passage.of("  \n ", "")).isEmpty();
    }

    @Test
    void aMessageOfQuotesAloneIsAllFolded() {
        assertThat(Passage.of("> Quoted", "")).containsExactly(new Passage(true, "> Quoted", 1));
    }

    @Test
    void aLineSaidTwiceIsTheWritersWhereItComesFirst() {
        var passages = Passage.of("Thank you\n> Thank you\nThank you\n", "Thank you");

        assertThat(passages.getFirst()).isEqualTo(new Passage(false, "Thank you", 1));
        assertThat(passages).hasSize(2);
    }
}
