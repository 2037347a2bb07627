package org.postbag.console.changing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.console.changing.Version.State;

class StepsTest {

    @Test
    void eachStateIsReachedFromADraft() {
        var reached = EnumSet.of(State.DRAFT);
        var next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            var state = next.remove();
            Arrays.stream(Steps.values())
                    .flatMap(step -> step.from(state).stream())
                    .filter(reached::add)
                    .forEach(next::add);
        }

        assertThat(reached).containsExactlyInAnyOrder(State.values());
    }

    @Test
    void whatWasDecidedStays() {
        for (var end : EnumSet.of(State.SUPERSEDED, State.REFUSED, State.WITHDRAWN, State.RETIRED)) {
            assertThat(Steps.values()).allMatch(step -> step.from(end).isEmpty());
        }
    }

    @Test
    void onlyWhatWasCheckedComesIntoForce() {
        for (var step : Steps.values()) {
            assertThat(step.from(State.DRAFT)).isNotEqualTo(java.util.Optional.of(State.IN_FORCE));
        }
        assertThat(Steps.APPROVE.from(State.CHECKED)).isEmpty();
        assertThat(Steps.APPROVE.from(State.WAITING)).contains(State.IN_FORCE);
        assertThat(Steps.APPROVE_URGENTLY.from(State.CHECKED)).contains(State.IN_FORCE);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOnItsWayCanAlwaysBeWithdrawnAndReplaced(State state) {
        assertThat(Steps.WITHDRAW.from(state).isPresent())
                .isEqualTo(Steps.open().contains(state));
        assertThat(Steps.REPLACE.from(state).isPresent())
                .isEqualTo(Steps.open().contains(state) || state == State.IN_FORCE);
    }
}
