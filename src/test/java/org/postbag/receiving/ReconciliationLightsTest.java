package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postbag.receiving.Reconciliation.Day;
import org.postbag.receiving.ReconciliationLights.State;

class ReconciliationLightsTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private static Day day(int after, long received, long filed, long known, long quarantined, long waiting) {
        return new Day(
                Channel.EMAIL, MONDAY.plusDays(after), received, filed, known, quarantined, 0, waiting, List.of());
    }

    private static ReconciliationLights.Light only(List<Day> days, Set<Channel> waitingBefore) {
        var lights = ReconciliationLights.lights(days, waitingBefore);
        assertThat(lights).hasSize(1);
        return lights.getFirst();
    }

    @Test
    void whatIsAllFiledIsGood() {
        var light = only(List.of(day(0, 10, 9, 1, 0, 0), day(1, 1_500, 1_500, 0, 0, 0)), Set.of());

        assertThat(light.state()).isEqualTo(State.GOOD);
        assertThat(light.received()).isEqualTo(1_510);
        assertThat(light.filed()).isEqualTo(1_509);
        assertThat(light.known()).isEqualTo(1);
    }

    @Test
    void whatJustCameIsNotLeftToDoButWhatStillWaitsIs() {
        var days = List.of(day(0, 10, 8, 0, 0, 2));

        assertThat(only(days, Set.of()).state()).isEqualTo(State.GOOD);
        assertThat(only(days, Set.of(Channel.EMAIL)).state()).isEqualTo(State.TO_DO);
        assertThat(only(days, Set.of(Channel.EMAIL)).waiting()).isEqualTo(2);
    }

    @Test
    void whatIsInQuarantineIsLeftToDo() {
        var light = only(List.of(day(0, 10, 7, 0, 3, 0)), Set.of());

        assertThat(light.state()).isEqualTo(State.TO_DO);
        assertThat(light.quarantined()).isEqualTo(3);
    }

    @Test
    void oneDayThatDoesNotAddUpIsBadAlsoWhereTheSumsDo() {
        var light = only(List.of(day(0, 10, 9, 0, 0, 0), day(1, 10, 11, 0, 0, 0)), Set.of());

        assertThat(light.state()).isEqualTo(State.BAD);
    }

    @Test
    void whatIsMissingIsBadAndSaysSo() {
        var missing = new Day(Channel.LETTER, MONDAY, 5, 5, 0, 0, 0, 0, List.of(new ReceiptId("ab".repeat(32))));
        var lost = new Day(Channel.X, MONDAY, 5, 4, 0, 0, 0, 0, List.of());

        var lights = ReconciliationLights.lights(List.of(missing, lost), Set.of());

        assertThat(lights).extracting(ReconciliationLights.Light::state).containsOnly(State.BAD);
        assertThat(lights.getFirst().missing()).isEqualTo(1);
        assertThat(lights.getFirst().apart()).isZero();
        assertThat(lights.getLast().apart()).isEqualTo(1);
    }
}
