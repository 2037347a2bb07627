package org.postbag.contacts.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenNamesTest {

    @Test
    void onePersonWritesTheirNameInManyWays() {
        assertThat(WrittenNames.severalPeople(List.of(
                        "Jonathan Pritchard",
                        "Jon Pritchard",
                        "PRITCHARD, Jonathan",
                        "J. Pritchard",
                        "Mr Jonathon Pritchard",
                        "Pritchard Jonathan",
                        "Jonathan Pritchard MP")))
                .isFalse();
        assertThat(WrittenNames.severalPeople(List.of("Margaret Jones", "Margaret Llewellyn", "Mags Jones")))
                .isFalse();
    }

    @Test
    void twoMayBeACoupleThreeAreAMailboxThatPeopleShare() {
        assertThat(WrittenNames.severalPeople(List.of("Ann Abbott", "Bob Abbott")))
                .isFalse();
        assertThat(WrittenNames.severalPeople(List.of("Ann Abbott", "Bob Bowen", "Cat Cole", "Ann Abbott")))
                .isTrue();
    }

    @Test
    void whatIsNoNameCountsForNobody() {
        assertThat(WrittenNames.severalPeople(List.of("", "???", "ann@example.org", "12345", "Ann Abbott", "😀")))
                .isFalse();
    }
}
