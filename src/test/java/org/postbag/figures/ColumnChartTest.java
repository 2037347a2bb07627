package org.postbag.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postbag.staff.EnglishTexts;
import org.postbag.staff.PageError;
import org.postbag.staff.StaffTexts;

class ColumnChartTest {

    private static final StaffTexts TEXTS = EnglishTexts.texts();

    @Test
    void columnsAreToOneScaleAndNothingHasNoHeight() {
        var chart = ColumnChart.of(
                "Received",
                List.of("Mon", "Tue"),
                List.of(
                        ColumnChart.Series.ofCounts("email", "Email", "400 in all", List.of(400L, 0L)),
                        ColumnChart.Series.ofCounts("letter", "Letter", "1 in all", List.of(0L, 1L))),
                TEXTS);

        var email = chart.rows().getFirst();
        assertThat(email.columns().getFirst().height()).isEqualTo("34.0");
        assertThat(Double.parseDouble(email.columns().getFirst().y()) + 34).isEqualTo(email.baseY());
        assertThat(email.columns().getLast().height()).isEqualTo("0.0");
        assertThat(chart.rows().getLast().columns().getLast().height())
                .as("what is more than nothing is seen")
                .isEqualTo("1.5");
        assertThat(chart.says()).contains("Email: 400 in all, highest Mon.").contains("Letter: 1 in all, highest Tue.");
    }

    @Test
    void withoutFiguresThereIsAPictureOfNothing() {
        var chart = ColumnChart.of("Received", List.of(), List.of(), TEXTS);

        assertThat(chart.says()).isEqualTo("There is nothing to show.");
        assertThat(chart.ticks()).isEmpty();
    }

    @Test
    void aPeriodIsReadAndWhatIsWrongWithItIsSaid() {
        var today = LocalDate.of(2026, 3, 3);
        var errors = new ArrayList<PageError>();

        assertThat(Period.typed("", "", today, 6, 8, errors, TEXTS))
                .isEqualTo(new Period(LocalDate.of(2025, 9, 3), today));
        assertThat(errors).isEmpty();
        Period.typed("2026-03-04", "2026-03-03", today, 6, 8, errors, TEXTS);
        Period.typed("1 March", "2026-03-03", today, 6, 8, errors, TEXTS);
        Period.typed("2001-01-01", "2026-03-03", today, 6, 8, errors, TEXTS);
        Period.typed("", "9999-01-01", today, 6, 8, errors, TEXTS);

        assertThat(errors)
                .extracting(PageError::field, PageError::text)
                .containsExactly(
                        tuple("from", "The first day must be on or before the last day"),
                        tuple("from", "Enter a day such as 2026-03-03"),
                        tuple("from", "Enter a period of less than 8 years"),
                        tuple("to", "Enter a day such as 2026-03-03"));
        // The clock goes forward within this week: it is a week all the same.
        assertThat(new Period(LocalDate.of(2026, 3, 25), LocalDate.of(2026, 3, 30)).weeks())
                .containsExactly(LocalDate.of(2026, 3, 23), LocalDate.of(2026, 3, 30));
    }
}
