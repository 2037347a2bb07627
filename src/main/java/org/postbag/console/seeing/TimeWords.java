package org.postbag.console.seeing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.UkTime;

/** Times as the pages of routes say them. */
final class TimeWords {

    private static final long SECONDS_AS_SUCH_MAX = 90;
    private static final long MINUTES_AS_SUCH_MAX = 90;
    private static final long HOURS_AS_SUCH_MAX = 48;

    private TimeWords() {}

    /** "250 milliseconds", "a second", "20 seconds", "5 minutes", "3 hours", "4 days". */
    static String duration(Duration time) {
        if (time.toMillis() < 1000) {
            return time.toMillis() + " milliseconds";
        }
        if (time.toSeconds() <= SECONDS_AS_SUCH_MAX) {
            return count(time.toSeconds(), "second");
        }
        if (time.toMinutes() <= MINUTES_AS_SUCH_MAX) {
            return count(time.toMinutes(), "minute");
        }
        return time.toHours() <= HOURS_AS_SUCH_MAX ? count(time.toHours(), "hour") : count(time.toDays(), "day");
    }

    private static String count(long number, String what) {
        return String.format(Locale.UK, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    /** In a table: "4:05pm" of today, "yesterday at 4:05pm", else with the day. */
    static String at(@Nullable Instant at, Clock clock) {
        if (at == null) {
            return "";
        }
        var day = LocalDate.ofInstant(at, UkTime.ZONE);
        var today = LocalDate.ofInstant(clock.instant(), UkTime.ZONE);
        if (day.equals(today)) {
            return UkTime.time(at);
        }
        if (day.equals(today.minusDays(1))) {
            return "yesterday at " + UkTime.time(at);
        }
        return day.equals(today.plusDays(1)) ? "tomorrow at " + UkTime.time(at) : UkTime.dateTime(at);
    }
}
