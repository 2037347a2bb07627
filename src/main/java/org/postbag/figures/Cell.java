package org.postbag.figures;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.StaffTexts;

/**
 * One cell of a table.
 *
 * @param shown as a person reads it: "1,234", "12%", "2 days"
 * @param plain as a program reads it: {@code 1234}, {@code 0.1234}, hours
 * @param number whether it is set to the right, with its fellows
 */
public record Cell(String shown, String plain, boolean number) {

    private static final double HOUR_SECONDS = 3_600;
    private static final double DAY_HOURS = 24;

    public static Cell text(String text) {
        return new Cell(text, text, false);
    }

    public static Cell count(long count) {
        return new Cell(String.format(Locale.UK, "%,d", count), Long.toString(count), true);
    }

    /** A share from 0 to 1; null where there is nothing of which it could be one. */
    public static Cell share(@Nullable Double share) {
        return share == null ? none() : new Cell(percent(share), String.format(Locale.ROOT, "%.4f", share), true);
    }

    /** Null where there is nothing to measure. A program reads hours. */
    public static Cell duration(@Nullable Double seconds, StaffTexts texts) {
        return seconds == null
                ? none()
                : new Cell(words(seconds, texts), String.format(Locale.ROOT, "%.2f", seconds / HOUR_SECONDS), true);
    }

    private static Cell none() {
        return new Cell("–", "", true);
    }

    /** "12%", or "99.9%" where whole numbers would say that it is all or nothing. */
    public static String percent(double share) {
        double percent = share * 100;
        boolean nearEnd = percent > 99 && percent < 100 || percent > 0 && percent < 1;
        return String.format(Locale.UK, nearEnd ? "%.1f%%" : "%.0f%%", percent);
    }

    /** "40 minutes", "5 hours", "3.5 days": as exact as helps. */
    public static String words(double seconds, StaffTexts texts) {
        double hours = seconds / HOUR_SECONDS;
        if (hours < 1) {
            return texts.say("figures.minutes", Math.round(seconds / 60));
        }
        if (hours < 2 * DAY_HOURS) {
            return texts.say("figures.hours", Math.round(hours));
        }
        double days = hours / DAY_HOURS;
        return texts.say(
                "figures.days",
                String.format(Locale.UK, days < 10 && Math.round(days * 10) % 10 != 0 ? "%.1f" : "%.0f", days));
    }
}
