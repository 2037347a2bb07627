package org.postbag.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3/11/2026",
                "03/11/2026",
                "3.11.2026",
                "3-11-2026",
                "3 Nov 2026",
                "3 november 2026",
                "2026-11-03"
            })
    void readsDaysAsPeopleTypeThem(String typed) {
        assertThat(Typed.date(typed)).isEqualTo(LocalDate.of(2026, 11, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "14:05,14:05",
        "2:05pm,14:05",
        "2.05 PM,14:05",
        "1405,14:05",
        "9am,09:00",
        "00:00,00:00",
        "12:05am,00:05"
    })
    void readsTimesAsPeopleTypeThem(String typed, LocalTime time) {
        assertThat(Typed.time(typed)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "31/2/2026", "soon", "25:00", "3/11", "11/3/26000", "1/1/1 or 1=1"})
    void readsNothingElse(String typed) {
        assertThat(Typed.date(typed)).isNull();
        assertThat(Typed.time(typed)).isNull();
    }
}
