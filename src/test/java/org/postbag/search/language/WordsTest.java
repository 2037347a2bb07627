package org.postbag.search.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postbag.normalising.Telephone;
import org.postbag.receiving.ReceiptId;
import org.postbag.search.language.Sought.All;
import org.postbag.search.language.Sought.Any;
import org.postbag.search.language.Sought.Everything;
import org.postbag.search.language.Sought.Is;
import org.postbag.search.language.Sought.Not;
import org.postbag.search.language.Sought.Number;
import org.postbag.search.language.Sought.Phrase;
import org.postbag.search.language.Sought.Prefix;
import org.postbag.search.language.Sought.Quoted;
import org.postbag.search.language.Sought.Received;
import org.postbag.search.language.Sought.Within;
import org.postbag.search.language.Sought.Word;

class WordsTest {

    private static Sought read(String typed) {
        return Words.read(typed).sought();
    }

    private static Word word(String text) {
        return new Word(text, false);
    }

    private static Word last(String text) {
        return new Word(text, true);
    }

    @Test
    void nothingIsEverything() {
        assertThat(read("")).isEqualTo(new Everything());
        assertThat(read(" \t\n ")).isEqualTo(new Everything());
    }

    @Test
    void allWordsMustBeThere() {
        assertThat(read("one two  three")).isEqualTo(new All(List.of(word("one"), word("two"), last("three"))));
        assertThat(read("one AND two")).isEqualTo(new All(List.of(word("one"), last("two"))));
    }

    @Test
    void orBindsTheTwoBesideIt() {
        assertThat(read("one two OR three four"))
                .isEqualTo(new All(List.of(word("one"), new Any(List.of(word("two"), word("three"))), last("four"))));
        assertThat(read("one OR two OR \"three four\""))
                .isEqualTo(new Any(List.of(word("one"), word("two"), new Phrase("three four"))));
        assertThat(read("one or two")).isEqualTo(new All(List.of(word("one"), word("or"), last("two"))));
    }

    @Test
    void withoutWhatFollowsAMinus() {
        assertThat(read("one -two")).isEqualTo(new All(List.of(word("one"), new Not(last("two")))));
        assertThat(read("NOT \"one two\"")).isEqualTo(new Not(new Phrase("one two")));
        assertThat(read("smith-jones")).isEqualTo(last("smith-jones"));
    }

    @Test
    void phrasesInAnyMarks() {
        for (var typed : List.of("\"one two\"", "\u201cone two\u201d", "\u201eone two\u201c", "\u00abone two\u00bb")) {
            assertThat(read(typed)).as(typed).isEqualTo(new Phrase("one two"));
        }
        assertThat(read("\"one two")).isEqualTo(new All(List.of(word("one"), last("two"))));
    }

    @Test
    void beginningsOfWords() {
        assertThat(read("regi*")).isEqualTo(new Prefix("regi"));
    }

    @Test
    void aTelephoneNumberInSeveralPieces() {
        var number = new Telephone("+441792496000");
        assertThat(read("01792 496000"))
                .isEqualTo(new Any(
                        List.of(new Number(number, "01792 496000"), new All(List.of(word("01792"), last("496000"))))));
        assertThat(read("ring +44 (0)1792 496 000 today"))
                .isEqualTo(new All(List.of(
                        word("ring"),
                        new Any(List.of(
                                new Number(number, "+44 (0)1792 496 000"),
                                new All(List.of(word("+44"), word("(0)1792"), word("496"), word("000"))))),
                        last("today"))));
    }

    @Test
    void aReferenceInSeveralPieces() {
        var reference = new ReceiptId("ab".repeat(32)).reference();
        var typed = reference.value().replace('-', ' ');
        assertThat(read(typed))
                .isInstanceOfSatisfying(Any.class, any -> assertThat(any.of()).startsWith(new Quoted(reference)));
        assertThat(read(reference.value().toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(new Any(
                        List.of(new Quoted(reference), last(reference.value().toLowerCase(java.util.Locale.ROOT)))));
    }

    @Test
    void whatIsSaidToStandSomewhereIsLookedForThere() {
        assertThat(read("name:smith")).isEqualTo(new Within(Set.of(Place.NAMES), last("smith")));
        assertThat(read("Name: \"John Smith\" -channel:letter"))
                .isEqualTo(new All(List.of(
                        new Within(Set.of(Place.NAMES), new Phrase("John Smith")),
                        new Not(new Is("channel", "letter")))));
        assertThat(read("postcode:NE1 4ST ballot"))
                .isEqualTo(new All(List.of(new Within(Set.of(Place.POSTCODES), word("NE14ST")), last("ballot"))));
        assertThat(read("before:2026-05-01")).isEqualTo(new Received(null, LocalDate.of(2026, 4, 30)));
        assertThat(read("on:2026-02")).isEqualTo(new Received(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 2, 28)));
        assertThat(read("language:Welsh")).isEqualTo(new Is("language", "cy"));
        assertThat(read("https://example.org")).isEqualTo(last("https://example.org"));
    }

    @Test
    void whatIsNotUnderstoodIsSaidAndLookedForAsAWord() {
        var read = Words.read("channel:fax ballot before:yesterday");

        assertThat(read.sought()).isEqualTo(new All(List.of(last("fax"), word("ballot"), last("yesterday"))));
        assertThat(read.notes()).hasSize(2);
        assertThat(read.notes().getFirst()).contains("channel:", "email", "“fax”");
    }

    @Test
    void moreThanIsHeededIsCutAndSaysSo() {
        assertThat(Words.read("a ".repeat(Words.TERMS_MAX)).cut()).isFalse();
        assertThat(Words.read("a ".repeat(Words.TERMS_MAX + 1)).cut()).isTrue();
        assertThat(Words.read("a ".repeat(100_000)).sought())
                .isInstanceOfSatisfying(All.class, all -> assertThat(all.of()).hasSize(Words.TERMS_MAX));
    }
}
