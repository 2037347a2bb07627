package org.postbag.console.seeing;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.UkTime;
import org.postbag.staff.WorkingDays;

/**
 * Whether a way in is quieter than it ever is at this time of such a day, going by the weeks before. Pure. Days are those of the United Kingdom; a bank holiday is
 * like a Sunday. Only the silence of the day itself is compared, so that the morning after a holiday is a morning like others.
 */
final class QuietHours {

    static final int DAYS = 56;
    static final Duration SLOT = Duration.ofMinutes(15);

    /** Fewer days that are alike say nothing. */
    private static final int DAYS_ALIKE_MIN = 4;
    /** What comes by a timetable is not always on time. */
    private static final Duration LATE_MAX = Duration.ofMinutes(60);

    private static final int LONGER_TIMES = 2;

    private QuietHours() {}

    /**
     * It is quiet.
     *
     * @param since when the last item came
     * @param longest how long it was quiet at most at this time of such days
     */
    record Quiet(Instant since, Duration longest, LocalDate day) {

        String words() {
            return "Nothing has come since %s. At this time of a %s it was never quiet for longer than %s in the last %d weeks."
                    .formatted(UkTime.dateTime(since), kindWords(day), TimeWords.duration(longest), DAYS / 7);
        }
    }

    /** The quarter of an hour that a moment is in. */
    static long slot(Instant at) {
        return at.getEpochSecond() / SLOT.toSeconds();
    }

    /**
     * @param slots the quarters of an hour of the last {@link #DAYS} days in which something came
     * @param last when the last item came
     */
    static Optional<Quiet> of(NavigableSet<Long> slots, Instant last, Instant now) {
        var today = LocalDate.ofInstant(now, UkTime.ZONE);
        var sinceMidnight = Duration.between(midnight(today), now);
        var silence = shorter(Duration.between(last, now), sinceMidnight);
        var longest = Duration.ZERO;
        int alike = 0;
        for (int back = 1; back <= DAYS; back++) {
            var day = today.minusDays(back);
            var then = kind(day) == kind(today) ? longest(slots, day, sinceMidnight) : null;
            if (then != null) {
                longest = then.compareTo(longest) > 0 ? then : longest;
                alike++;
            }
        }
        boolean quiet = alike >= DAYS_ALIKE_MIN
                && silence.compareTo(longest.multipliedBy(LONGER_TIMES).plus(SLOT)) > 0;
        return quiet ? Optional.of(new Quiet(last, longest, today)) : Optional.empty();
    }

    /** The longest silence of a day at this time and in the hour before; null where nothing had ever come by then. */
    private static @Nullable Duration longest(NavigableSet<Long> slots, LocalDate day, Duration time) {
        var midnight = midnight(day);
        Duration longest = null;
        for (var late = Duration.ZERO; late.compareTo(LATE_MAX) <= 0; late = late.plus(SLOT)) {
            var sinceMidnight = time.minus(late);
            if (sinceMidnight.isNegative()) {
                break;
            }
            var at = midnight.plus(sinceMidnight);
            var before = slots.floor(slot(at));
            if (before == null) {
                return null;
            }
            var silence =
                    shorter(Duration.between(Instant.ofEpochSecond(before * SLOT.toSeconds()), at), sinceMidnight);
            longest = longest == null || silence.compareTo(longest) > 0 ? silence : longest;
        }
        return longest;
    }

    private static DayOfWeek kind(LocalDate day) {
        boolean weekday = day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue();
        return weekday && !WorkingDays.isWorkingDay(day) ? DayOfWeek.SUNDAY : day.getDayOfWeek();
    }

    private static String kindWords(LocalDate day) {
        return kind(day) == DayOfWeek.SUNDAY
                ? "Sunday or bank holiday"
                : day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.UK);
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(UkTime.ZONE).toInstant();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
