package org.postbag.search.language;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Pattern;

/** A day, month or year as staff type it: as {@link AskedDay}, or 2026-05, 5/2026, 2026. Both days are in it. */
record Period(LocalDate first, LocalDate last) {

    private static final Pattern MONTH =
            Pattern.compile("(?<year>\\d{4})-(?<month>\\d{1,2})|(?<m>\\d{1,2})/(?<y>\\d{4})");
    private static final Pattern YEAR = Pattern.compile("(19|2\\d)\\d{2}");

    static Optional<Period> parse(String typed) {
        var month = MONTH.matcher(typed);
        if (month.matches()) {
            boolean yearFirst = month.group("year") != null;
            return month(
                    Integer.parseInt(month.group(yearFirst ? "year" : "y")),
                    Integer.parseInt(month.group(yearFirst ? "month" : "m")));
        }
        if (YEAR.matcher(typed).matches()) {
            var year = Year.parse(typed);
            return Optional.of(new Period(year.atDay(1), year.atDay(year.length())));
        }
        return AskedDay.parse(typed).map(day -> new Period(day, day));
    }

    private static Optional<Period> month(int year, int number) {
        try {
            var month = YearMonth.of(year, number);
            return Optional.of(new Period(month.atDay(1), month.atEndOfMonth()));
        } catch (DateTimeException noMonth) {
            return Optional.empty();
        }
    }
}
