package org.postbag.console.seeing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.staff.UkTime;
import org.postbag.staff.WorkingDays;

class QuietHoursTest {

    /** A Tuesday; the Monday before was a bank holiday, and the clocks went forward on 29 March. */
    private static final LocalDate TUESDAY = LocalDate.of(2026, 4, 7);

    private final NavigableSet<Long> slots = new TreeSet<>();

    private static Instant at(LocalDate day, String time) {
        return day.atTime(LocalTime.parse(time)).atZone(UkTime.ZONE).toInstant();
    }

    private static boolean isWeekday(LocalDate day) {
        return WorkingDays.isWorkingDay(day);
    }

    /** Something comes at these times of each such day of the eight weeks before, up to a day. */
    private void comes(LocalDate until, Predicate<LocalDate> days, String... times) {
        for (int back = 1; back <= QuietHours.DAYS; back++) {
            var day = until.minusDays(back);
            if (days.test(day)) {
                for (var time : times) {
                    slots.add(QuietHours.slot(at(day, time)));
                }
            }
        }
    }

    private boolean isQuiet(Instant last, Instant now) {
        return QuietHours.of(slots, last, now).isPresent();
    }

    @Test
    void anExportThatAlwaysComesAtSevenIsMissedTheSameMorning() {
        comes(TUESDAY, day -> true, "07:00", "13:00");
        var last = at(TUESDAY.minusDays(1), "13:00");

        assertThat(isQuiet(last, at(TUESDAY, "06:50"))).as("not due yet").isFalse();
        assertThat(isQuiet(last, at(TUESDAY, "07:20"))).as("may be late").isFalse();
        assertThat(isQuiet(last, at(TUESDAY, "08:20"))).isTrue();
        assertThat(isQuiet(at(TUESDAY, "07:40"), at(TUESDAY, "08:20")))
                .as("late")
                .isFalse();
    }

    @Test
    void itSaysSinceWhenAndWhatIsUsual() {
        comes(TUESDAY, day -> true, "07:00", "13:00");

        var quiet = QuietHours.of(slots, at(TUESDAY.minusDays(1), "13:00"), at(TUESDAY, "08:20"))
                .orElseThrow();

        assertThat(quiet.words())
                .isEqualTo(
                        "Nothing has come since 6 April 2026 at 1:00pm. At this time of a Tuesday it was never quiet for longer than 80 minutes in the last 8 weeks.");
    }

    @Test
    void theMorningAfterAHolidayIsAMorningLikeOthers() {
        comes(TUESDAY, QuietHoursTest::isWeekday, "09:00", "09:30", "10:00", "11:00", "12:00", "14:00", "16:00");
        var thursday = at(LocalDate.of(2026, 4, 2), "16:00");

        assertThat(isQuiet(thursday, at(TUESDAY, "09:05"))).isFalse();
        assertThat(isQuiet(thursday, at(TUESDAY, "12:30"))).isTrue();
    }

    @Test
    void aBankHolidayIsLikeASunday() {
        comes(TUESDAY.minusDays(1), QuietHoursTest::isWeekday, "09:00", "11:00", "13:00", "15:00");
        comes(TUESDAY.minusDays(1), day -> day.getDayOfWeek() == DayOfWeek.SUNDAY, "20:00");
        var easterMonday = TUESDAY.minusDays(1);

        assertThat(isQuiet(at(easterMonday.minusDays(1), "20:00"), at(easterMonday, "18:00")))
                .isFalse();
    }

    @Test
    void whatComesOnOneDayOfTheWeekIsMissedOnThatDayOnly() {
        comes(TUESDAY, day -> day.getDayOfWeek() == DayOfWeek.TUESDAY, "09:00");
        var last = at(TUESDAY.minusDays(7), "09:00");

        assertThat(isQuiet(last, at(TUESDAY.minusDays(1), "12:00"))).isFalse();
        assertThat(isQuiet(last, at(TUESDAY, "11:30"))).isTrue();
    }

    @Test
    void aWayInThatIsNewIsNeverQuiet() {
        comes(TUESDAY, day -> day.isAfter(TUESDAY.minusDays(15)), "09:00");

        assertThat(isQuiet(at(TUESDAY.minusDays(1), "09:00"), at(TUESDAY, "18:00")))
                .isFalse();
        assertThat(QuietHours.of(new TreeSet<>(), at(TUESDAY, "08:00"), at(TUESDAY, "18:00")))
                .isEmpty();
    }

    /** A mailbox by day and night at random: in a week of looks it is never said to be quiet while it isn't, and soon when it is. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatComesAtRandomRaisesNoFalseAlarm(long seed) {
        var random = new Random(seed);
        var now = at(TUESDAY, "15:00");
        var last = now;
        for (var time = now.minus(Duration.ofDays(QuietHours.DAYS)); time.isBefore(now); ) {
            slots.add(QuietHours.slot(time));
            last = time;
            // Twelve an hour.
            time = time.plusSeconds((long) (-Math.log(1 - random.nextDouble()) * 300));
        }

        assertThat(isQuiet(last, now)).as("seed %d", seed).isFalse();
        assertThat(isQuiet(last, last.plus(Duration.ofMinutes(20))))
                .as("seed %d", seed)
                .isFalse();
        assertThat(isQuiet(last, last.plus(Duration.ofHours(3))))
                .as("seed %d", seed)
                .isTrue();
    }
}
