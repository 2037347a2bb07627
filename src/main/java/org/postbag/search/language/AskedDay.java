package org.postbag.search.language;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A day as staff type it: 27/3/2026, 27 March 2026, 27 mar 2026 or 2026-03-27. */
public final class AskedDay {

    private static final int YEAR_MIN = 1900;
    private static final int YEAR_MAX = 9999;

    private static final List<DateTimeFormatter> FORMS = List.of(
            form("d/M/uuuu"),
            form("d-M-uuuu"),
            form("d.M.uuuu"),
            form("d MMMM uuuu"),
            form("d MMM uuuu"),
            form("uuuu-M-d"));

    private AskedDay() {}

    /** Empty where it is no day, such as 31 June, or not one of this age. */
    public static Optional<LocalDate> parse(String typed) {
        var text = typed.strip().replaceAll("\\s+", " ");
        for (var form : FORMS) {
            try {
                var day = LocalDate.parse(text, form);
                return day.getYear() >= YEAR_MIN && day.getYear() <= YEAR_MAX ? Optional.of(day) : Optional.empty();
            } catch (DateTimeException notOfThisForm) {
                // The next form may fit.
            }
        }
        return Optional.empty();
    }

    private static DateTimeFormatter form(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.UK)
                .withResolverStyle(ResolverStyle.STRICT);
    }
}
