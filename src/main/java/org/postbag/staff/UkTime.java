package org.postbag.staff;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Times as people in the United Kingdom read them: "3 March 2026 at 4:05pm". In templates {@code ${@ukTime.dateTime(at)}}. Null gives an empty text,
 * since a template shows what is not known as nothing.
 */
@Component("ukTime")
public final class UkTime {

    /** Where the day begins and ends for staff, counts and retention. */
    public static final ZoneId ZONE = ZoneId.of("Europe/London");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mma", Locale.UK);

    UkTime() {}

    /** "3 March 2026 at 4:05pm". */
    public static String dateTime(@Nullable Instant at) {
        return at == null ? "" : day(at) + " at " + time(at);
    }

    /** "3 March 2026", the day in the United Kingdom. */
    public static String day(@Nullable Instant at) {
        return at == null ? "" : date(at.atZone(ZONE).toLocalDate());
    }

    /** "3 March 2026". */
    public static String date(@Nullable LocalDate date) {
        return date == null ? "" : DAY.format(date);
    }

    /** How far off a day is, beside it: "in 97 days", "tomorrow", "today", "12 days ago". */
    public static String daysTo(LocalDate day, LocalDate today) {
        long days = ChronoUnit.DAYS.between(today, day);
        if (days == 0) {
            return "today";
        }
        if (Math.abs(days) == 1) {
            return days == 1 ? "tomorrow" : "yesterday";
        }
        return String.format(Locale.UK, days > 0 ? "in %,d days" : "%,d days ago", Math.abs(days));
    }

    /** "4:05pm". */
    public static String time(@Nullable Instant at) {
        return at == null ? "" : format(at.atZone(ZONE));
    }

    private static String format(TemporalAccessor at) {
        return TIME.format(at).toLowerCase(Locale.UK);
    }
}
