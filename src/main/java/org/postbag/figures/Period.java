package org.postbag.figures;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.postbag.staff.PageError;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;

/** A stretch of days in the UK, the first and the last among them. */
public record Period(LocalDate from, LocalDate to) {

    private static final int YEAR_MIN = 2000;
    private static final int YEAR_MAX = 2999;

    public Period {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("A period ends on or after its first day");
        }
    }

    public Instant start() {
        return from.atStartOfDay(UkTime.ZONE).toInstant();
    }

    /** The moment after its last. */
    public Instant end() {
        return to.plusDays(1).atStartOfDay(UkTime.ZONE).toInstant();
    }

    /** The Mondays of its weeks, of which the first and the last may be there in part only. */
    public List<LocalDate> weeks() {
        return Stream.iterate(monday(from), week -> !week.isAfter(to), week -> week.plusWeeks(1))
                .toList();
    }

    public static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /**
     * As typed in the fields {@code from} and {@code to} of a page; what is left out is today and {@code months} before the last day. A period of more than
     * {@code yearsMax} years is refused.
     *
     * @param errors to which is added what is wrong; then the answer is a period that can be shown all the same
     */
    public static Period typed(
            String from,
            String to,
            LocalDate today,
            int months,
            int yearsMax,
            List<PageError> errors,
            StaffTexts texts) {
        var last = date("to", to, errors, texts).orElse(today);
        var first = date("from", from, errors, texts).orElse(last.minusMonths(months));
        if (first.isAfter(last)) {
            errors.add(new PageError("from", texts.say("figures.period.order")));
            return new Period(last, last);
        }
        if (ChronoUnit.YEARS.between(first, last) >= yearsMax) {
            errors.add(new PageError("from", texts.say("figures.period.years", yearsMax)));
            return new Period(last.minusMonths(months), last);
        }
        return new Period(first, last);
    }

    private static Optional<LocalDate> date(String field, String typed, List<PageError> errors, StaffTexts texts) {
        if (typed.isBlank()) {
            return Optional.empty();
        }
        try {
            var date = LocalDate.parse(typed.strip());
            if (date.getYear() >= YEAR_MIN && date.getYear() <= YEAR_MAX) {
                return Optional.of(date);
            }
        } catch (DateTimeParseException notDate) {
            // Said below, as for a year that can't be.
        }
        errors.add(new PageError(field, texts.say("figures.period.day")));
        return Optional.empty();
    }
}
