package org.postbag.search.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedDayTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "27/3/2026",
                "27/03/2026",
                "27-3-2026",
                "27.3.2026",
                "27 March 2026",
                " 27  march 2026 ",
                "27 Mar 2026",
                "2026-03-27"
            })
    void aDayIsReadInEveryWayOfWritingItHere(String typed) {
        assertThat(AskedDay.parse(typed)).contains(LocalDate.of(2026, 3, 27));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"31/6/2026", "29/2/2026", "3/27/2026", "27/3/26", "27/3/0026", "yesterday", "27", "1/1/99999"})
    void whatIsNoDayIsRefused(String typed) {
        assertThat(AskedDay.parse(typed)).isEmpty();
    }
}
