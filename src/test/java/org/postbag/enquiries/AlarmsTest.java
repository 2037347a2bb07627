package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which words suggest that something is urgent, and which do not. */
class AlarmsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "I know where you live|a threat",
                "I'LL KILL YOU all|a threat",
                "There is a bomb in the hall|a threat",
                "I can’t go on, I want to die|a risk to life",
                "I was turned away at my polling station|a matter of polling day"
            })
    void whatMayBeUrgentIsSuggested(String text, String what) {
        assertThat(Alarms.urgent(text)).contains(what);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Where is my polling station?",
                "A bombastic leaflet, and heart attacks of laughter",
                "My card was killed off by the post"
            })
    void whatIsOrdinaryIsNot(String text) {
        assertThat(Alarms.urgent(text)).isEmpty();
    }
}
