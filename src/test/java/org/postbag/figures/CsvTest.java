package org.postbag.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.staff.EnglishTexts;
import org.postbag.staff.StaffTexts;

class CsvTest {

    private static final StaffTexts TEXTS = EnglishTexts.texts();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+44 1792",
                "-2+3",
                "@SUM(A1)",
                "\t=1+1",
                "\r=1+1",
                "\n=1+1",
                "  =HYPERLINK(\"http://example.org\")",
                "|calc"
            })
    void whatASpreadsheetWouldCalculateIsText(String formula) {
        assertThat(Csv.harmless(formula)).isEqualTo("'" + formula);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Poll cards", "3 March 2026", "Ynys Môn", "a=b"})
    void whatIsHarmlessStaysAsItIs(String text) {
        assertThat(Csv.harmless(text)).isEqualTo(text);
    }

    @Test
    void figuresAreWrittenForProgramsAndTheirTotalIsLeftOut() {
        var table = new Table(
                List.of("Topic", "Number", "Share", "Median"),
                List.of(
                        List.of(
                                Cell.text("Poll cards, \"lost\""),
                                Cell.count(1234),
                                Cell.share(0.125),
                                Cell.duration(5400.0, TEXTS)),
                        List.of(Cell.text("=1+1"), Cell.count(0), Cell.share(null), Cell.duration(null, TEXTS))),
                List.of(Cell.text("All"), Cell.count(1234), Cell.share(1.0), Cell.duration(5400.0, TEXTS)));

        assertThat(Csv.of(table))
                .isEqualTo(
                        "Topic,Number,Share,Median\r\n\"Poll cards, \"\"lost\"\"\",1234,0.1250,1.50\r\n'=1+1,0,,\r\n");
    }

    @Test
    void figuresAreShownForPeople() {
        assertThat(Cell.count(1234).shown()).isEqualTo("1,234");
        assertThat(Cell.share(0.999).shown()).isEqualTo("99.9%");
        assertThat(Cell.share(0.5).shown()).isEqualTo("50%");
        assertThat(Cell.words(60, TEXTS)).isEqualTo("1 minute");
        assertThat(Cell.words(5 * 3600, TEXTS)).isEqualTo("5 hours");
        assertThat(Cell.words(3.5 * 86_400, TEXTS)).isEqualTo("3.5 days");
        assertThat(Cell.words(12.4 * 86_400, TEXTS)).isEqualTo("12 days");
        assertThat(Cell.share(null).shown()).isEqualTo("–");
    }
}
