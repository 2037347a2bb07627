package org.postbag.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.console.Transition.Real;
import org.postbag.receiving.Channel;

class TransitionTest {

    @ParameterizedTest(name = "wanted {0}, is {1}, its turn {2}: {3}")
    @CsvSource({
        "STARTED,   STARTED,   true,  NOTHING",
        "STARTED,   SUSPENDED, true,  RESUME",
        "STARTED,   STOPPED,   true,  START",
        "SUSPENDED, STARTED,   true,  SUSPEND",
        "SUSPENDED, SUSPENDED, true,  NOTHING",
        "SUSPENDED, STOPPED,   true,  NOTHING",
        "STOPPED,   STARTED,   true,  STOP",
        "STOPPED,   SUSPENDED, true,  STOP",
        "STOPPED,   STOPPED,   true,  NOTHING",
        "STARTED,   STARTED,   false, STOP",
        "STARTED,   SUSPENDED, false, STOP",
        "STARTED,   STOPPED,   false, NOTHING",
        "SUSPENDED, STARTED,   false, STOP",
        "SUSPENDED, SUSPENDED, false, STOP",
        "SUSPENDED, STOPPED,   false, NOTHING",
        "STOPPED,   STARTED,   false, STOP",
        "STOPPED,   SUSPENDED, false, STOP",
        "STOPPED,   STOPPED,   false, NOTHING",
    })
    void whatIsDoneToHaveARouteAsItIsWanted(Wanted wanted, Real real, boolean turn, Transition next) {
        assertThat(Transition.of(wanted, real, turn)).isEqualTo(next);
    }

    /** However it begins: what is carried out leads to a state in which nothing is left to do. */
    @Test
    void everyTransitionLeadsToRest() {
        for (var wanted : Wanted.values()) {
            for (var real : Real.values()) {
                for (var turn : new boolean[] {true, false}) {
                    assertThat(Transition.of(wanted, after(Transition.of(wanted, real, turn), real), turn))
                            .isEqualTo(Transition.NOTHING);
                }
            }
        }
    }

    private static Real after(Transition next, Real real) {
        return switch (next) {
            case NOTHING -> real;
            case START, RESUME -> Real.STARTED;
            case SUSPEND -> Real.SUSPENDED;
            case STOP -> Real.STOPPED;
        };
    }

    @Test
    void everyActIsKnownByItsWord() {
        assertThat(Arrays.stream(Act.values()).map(Act::code))
                .containsExactly("start", "stop", "suspend", "resume", "run")
                .allSatisfy(code -> assertThat(Act.of(code)).isPresent());
        assertThat(Act.of("sing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "email, email",
        "email-oauth, email",
        "email-sent, email",
        "web-form, web-form",
        "telephone-sftp, telephone",
        "letter, letter",
        "x-webhook, x",
        "x, x",
        "social-tool, social-tool",
        "public-register, public-register",
        "by-hand, by-hand",
        "fax, ",
    })
    void aConnectorIsNamedAfterItsChannel(String connector, String channel) {
        assertThat(Channel.ofConnector(connector).map(Channel::code).orElse(null))
                .isEqualTo(channel);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3/3/2026    | 4:05pm | 2026-03-03T16:05:00Z",
                "3 July 2026 | 16:05  | 2026-07-03T15:05:00Z",
                "''          | 9am    | 2026-05-01T08:00:00Z",
                "tomorrow    | 9am    |",
                "3/3/2026    | ''     |",
            })
    void timesAreOfTheUnitedKingdom(String day, String time, String moment) {
        assertThat(ActPage.moment(day, time, LocalDate.of(2026, 5, 1))
                        .map(Object::toString)
                        .orElse(null))
                .isEqualTo(moment);
    }
}
