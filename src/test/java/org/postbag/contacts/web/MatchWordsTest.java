package org.postbag.contacts.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.contacts.MatchEvidence;
import org.postbag.contacts.MatchEvidence.Count;
import org.postbag.contacts.Matches.Verdict;
import org.postbag.contacts.matching.Comparison;
import org.postbag.contacts.matching.Field;
import org.postbag.contacts.matching.FieldWeight;
import org.postbag.contacts.matching.Level;
import org.postbag.contacts.web.SideBySide.Mark;
import org.postbag.contacts.web.SideBySide.Side;
import org.postbag.contacts.web.SideBySide.Value;
import org.postbag.staff.EnglishTexts;
import org.postbag.staff.StaffTexts;

/** What staff read of a comparison: in words, as a chart, side by side, and how often it was right. */
class MatchWordsTest {

    private static final StaffTexts TEXTS = EnglishTexts.texts();

    private static Comparison comparison(boolean conflict, boolean swapped, FieldWeight... fields) {
        double sum = List.of(fields).stream().mapToDouble(FieldWeight::weight).sum();
        return new Comparison(sum - 6, conflict, swapped, List.of(fields), -5);
    }

    private static FieldWeight field(Field field, Level level, double weight) {
        return new FieldWeight(field, level, weight);
    }

    @Test
    void whatSpeaksAgainstComesFirst() {
        var words = MatchWords.of(
                comparison(
                        false,
                        false,
                        field(Field.TELEPHONE, Level.EQUAL, 8),
                        field(Field.GIVEN_NAME, Level.NEAR, 3),
                        field(Field.POSTCODE, Level.ALIKE, 1),
                        field(Field.FAMILY_NAME, Level.DIFFERENT, -4),
                        field(Field.EMAIL, Level.DIFFERENT, 0),
                        field(Field.HANDLE, Level.MISSING, 0)),
                List.of("an organisation"),
                TEXTS);

        assertThat(words)
                .containsExactly(
                        "Different surname.",
                        "Same telephone number.",
                        "Nearly the same given name.",
                        "Similar postcode.",
                        "Different email address.",
                        "Only one has an organisation.");
    }

    @Test
    void whatCantBeOfOnePersonIsSaid() {
        assertThat(MatchWords.of(comparison(true, false, field(Field.FAMILY_NAME, Level.EQUAL, 4)), List.of(), TEXTS))
                .containsExactly("Each has a verified address of their own.", "Same surname.");
        assertThat(MatchWords.of(comparison(true, false, field(Field.DATE_OF_BIRTH, Level.DIFFERENT, -6)), List.of(), TEXTS))
                .containsExactly("Different date of birth.");
    }

    @Test
    void swappedNamesAreSaid() {
        assertThat(MatchWords.of(comparison(false, true, field(Field.FAMILY_NAME, Level.EQUAL, 4)), List.of(), TEXTS))
                .containsExactly("Same surname.", "Given name and surname the other way round.");
        assertThat(MatchWords.of(null, List.of("a name"), TEXTS)).containsExactly("Only one has a name.");
    }

    @ParameterizedTest
    @EnumSource(Field.class)
    void eachFieldHasWords(Field field) {
        assertThat(TEXTS.label(field)).isNotBlank().doesNotContain("_");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3.4761 | About 97 in 100 such pairs are one person.
            0      | About 50 in 100 such pairs are one person.
            -9     | Fewer than 1 in 100 such pairs are one person.
            6      | More than 99 in 100 such pairs are one person.
            20     | More than 999 in 1,000 such pairs are one person.
            800    | More than 999 in 1,000 such pairs are one person.
            """)
    void likelihoodIsSaidAsAShareOfPairs(double logOdds, String words) {
        assertThat(MatchWords.likelihood(logOdds, TEXTS)).isEqualTo(words);
    }

    @Test
    void barsForStandRightOfTheMiddleAndBarsAgainstLeftOfIt() {
        var chart = WeightsChart.of(comparison(
                false,
                false,
                field(Field.FAMILY_NAME, Level.DIFFERENT, -2),
                field(Field.TELEPHONE, Level.EQUAL, 8),
                field(Field.HANDLE, Level.MISSING, 0)), TEXTS);

        assertThat(chart.bars())
                .extracting(bar -> bar.label() + " " + bar.weight() + " " + bar.x() + " " + bar.width())
                .containsExactly(
                        "Telephone number +8.0 50.00% 36.00%",
                        "Surname −2.0 41.00% 9.00%",
                        "What a household shares −1.0 45.50% 4.50%",
                        "Before anything is compared −5.0 27.50% 22.50%");
        assertThat(chart.sum()).isEqualTo("0");
        assertThat(chart.bars().getFirst().factor()).isEqualTo("2,981 times more likely");
        assertThat(chart.bars().get(1).factor()).isEqualTo("7.4 times less likely");
        assertThat(WeightsChart.factor(0, TEXTS)).isEqualTo("says nothing");
    }

    private static Side side(List<Value> names, List<Value> emails, List<Value> postcodes) {
        return new Side(names, emails, List.of(), List.of(), List.of(), List.of(), postcodes, List.of(), List.of());
    }

    @Test
    void aRowSaysWhetherBothSidesAgree() {
        var claimed = new Value("JEAN@example.org", SideBySide.folded("jean@example.org"), "", true);
        var one = side(List.of(Value.of("Jean Hargreaves")), List.of(Value.of("jean@example.org")), List.of());
        var other = side(
                List.of(Value.of("Jon Hargreaves")),
                List.of(Value.of("other@example.org"), claimed),
                List.of(Value.of("SA1 3SN")));

        var rows = SideBySide.rows(
                one,
                other,
                comparison(
                        false,
                        false,
                        field(Field.GIVEN_NAME, Level.NEAR, 1),
                        field(Field.FAMILY_NAME, Level.EQUAL, 4)),
                TEXTS);

        assertThat(rows)
                .extracting(row -> row.label() + " " + row.mark())
                .containsExactly("Name " + Mark.NEARLY, "Email address " + Mark.SAME, "Postcode " + Mark.ONLY_ONE);
        assertThat(rows.get(1).common()).isEqualTo(Set.of("jean@example.org"));
        assertThat(SideBySide.onlyOne(one, other, TEXTS)).containsExactly("a postcode");
    }

    @Test
    void theReportSaysHowOftenTheModelWasRight() {
        var report = ReviewReport.of(new MatchEvidence.Said(
                List.of(
                        new Count(6, true, Verdict.SAME, 98, 97.5),
                        new Count(6, true, Verdict.NOT_SAME, 2, 1.99),
                        new Count(1, false, Verdict.SAME, 3, 1.8),
                        new Count(1, false, Verdict.NOT_SURE, 1, 0.6)),
                0), TEXTS);

        assertThat(report.bands()).extracting(ReviewReport.Line::label).containsExactly("99% and above", "50% to 70%");
        var likeliest = report.bands().getFirst();
        assertThat(likeliest.shareWords()).isEqualTo("98%");
        // Wilson's interval of 98 in 100, as tables give it: 0.930 to 0.994.
        assertThat(likeliest.low()).isBetween(0.9299, 0.9301);
        assertThat(likeliest.high()).isBetween(0.9944, 0.9946);
        assertThat(report.bands().getLast().high()).isEqualTo(1);
        assertThat(report.decisions()).extracting(ReviewReport.Line::pairs).containsExactly(100L, 4L);
        assertThat(report.csv().lines()).hasSize(6).contains("band,0.99,1.00,98,2,0,0.9949,0.9800,0.9300,0.9945");
    }

    @Test
    void anEmptyReportHasNoBandsAndNoPoints() {
        var report = ReviewReport.of(new MatchEvidence.Said(List.of(), 0), TEXTS);

        assertThat(report.bands()).isEmpty();
        assertThat(report.all().shareWords()).isEqualTo("–");
        assertThat(ReliabilityChart.of(report).points()).isEmpty();
    }
}
