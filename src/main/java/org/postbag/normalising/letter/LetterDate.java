package org.postbag.normalising.letter;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Dates as people write them on letters: in words or figures, the day first, English or Welsh. */
final class LetterDate {

    private static final Map<String, Integer> MONTHS = Map.ofEntries(
            Map.entry("jan", 1),
            Map.entry("feb", 2),
            Map.entry("mar", 3),
            Map.entry("apr", 4),
            Map.entry("may", 5),
            Map.entry("jun", 6),
            Map.entry("jul", 7),
            Map.entry("aug", 8),
            Map.entry("sep", 9),
            Map.entry("oct", 10),
            Map.entry("nov", 11),
            Map.entry("dec", 12),
            Map.entry("ion", 1),
            Map.entry("chw", 2),
            Map.entry("maw", 3),
            Map.entry("ebr", 4),
            Map.entry("mai", 5),
            Map.entry("meh", 6),
            Map.entry("gor", 7),
            Map.entry("aws", 8),
            Map.entry("med", 9),
            Map.entry("hyd", 10),
            Map.entry("tac", 11),
            Map.entry("rha", 12));

    private static final Pattern DAY_FIRST = Pattern.compile(
            "\\b(\\d{1,2})(?:st|nd|rd|th|af|ail|fed|eg|ain)?,? (?:of |o )?(\\p{L}{3,10})\\.?,? (\\d{4})\\b");
    private static final Pattern MONTH_FIRST =
            Pattern.compile("\\b(\\p{L}{3,10})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b");
    private static final Pattern FIGURES = Pattern.compile("\\b(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4}|\\d{2})\\b");

    private LetterDate() {}

    static Optional<LocalDate> find(List<String> lines) {
        return lines.stream().flatMap(line -> find(line).stream()).findFirst();
    }

    private static Optional<LocalDate> find(String line) {
        var day = DAY_FIRST.matcher(line);
        if (day.find()) {
            var date = date(day.group(3), day.group(2), day.group(1));
            if (date.isPresent()) {
                return date;
            }
        }
        var month = MONTH_FIRST.matcher(line);
        if (month.find()) {
            var date = date(month.group(3), month.group(1), month.group(2));
            if (date.isPresent()) {
                return date;
            }
        }
        var figures = FIGURES.matcher(line);
        if (figures.find()) {
            var year = figures.group(3).length() == 2 ? "20" + figures.group(3) : figures.group(3);
            return date(Integer.parseInt(year), Integer.parseInt(figures.group(2)), figures.group(1));
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> date(String year, String month, String day) {
        var number = MONTHS.get(month.substring(0, 3).toLowerCase(Locale.ROOT));
        return number == null ? Optional.empty() : date(Integer.parseInt(year), number, day);
    }

    private static Optional<LocalDate> date(int year, int month, String day) {
        try {
            return Optional.of(LocalDate.of(year, month, Integer.parseInt(day)));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
