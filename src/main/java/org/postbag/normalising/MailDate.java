package org.postbag.normalising;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the Date of a message (RFC 5322, with its obsolete zones and two-digit years), and the other ways that programs write one. */
public final class MailDate {

    private static final int YEAR_MIN = 1980;
    private static final int YEAR_MAX = 2100;
    private static final int LENGTH_MAX = 200;
    private static final String MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec";

    private static final Pattern DAY_FIRST = Pattern.compile(
            "(?<day>\\d{1,2})[\\s-]+(?<month>[a-z]{3,9})\\.?[\\s,-]+(?<year>\\d{2,4})(?<rest>.*)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MONTH_FIRST = Pattern.compile(
            "(?<month>[a-z]{3,9})\\.?\\s+(?<day>\\d{1,2}),?\\s+(?<rest>.*?)\\b(?<year>\\d{4})(?<zone>.*)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern YEAR_FIRST =
            Pattern.compile("(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})(?<rest>.*)");
    private static final Pattern TIME = Pattern.compile(
            "(?<hour>\\d{1,2})[:.](?<minute>\\d{2})(?:[:.](?<second>\\d{2}))?(?:[.,]\\d+)?\\s*(?<half>[ap]m\\b)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OFFSET = Pattern.compile("(?<sign>[+-])\\s?(?<hours>\\d{1,2}):?(?<minutes>\\d{2})");
    private static final Pattern ZONE = Pattern.compile("\\b[a-z]{1,5}\\b", Pattern.CASE_INSENSITIVE);

    private static final Map<String, Integer> ZONE_HOURS = Map.ofEntries(
            Map.entry("est", -5),
            Map.entry("edt", -4),
            Map.entry("cst", -6),
            Map.entry("cdt", -5),
            Map.entry("mst", -7),
            Map.entry("mdt", -6),
            Map.entry("pst", -8),
            Map.entry("pdt", -7),
            Map.entry("bst", 1),
            Map.entry("cet", 1),
            Map.entry("cest", 2),
            Map.entry("met", 1),
            Map.entry("mest", 2),
            Map.entry("eet", 2),
            Map.entry("eest", 3),
            Map.entry("wet", 0),
            Map.entry("west", 1),
            Map.entry("msk", 3),
            Map.entry("jst", 9));

    private MailDate() {}

    /** Null where nothing was written, or nothing that could be when a mail was sent. A zone that is missing or unknown is UTC. */
    public static @Nullable Instant parse(@Nullable String written) {
        if (written == null) {
            return null;
        }
        var text = written.substring(0, Math.min(written.length(), LENGTH_MAX))
                .replaceAll("\\([^)]*\\)", " ")
                .strip();
        for (var pattern : new Pattern[] {YEAR_FIRST, DAY_FIRST, MONTH_FIRST}) {
            var date = pattern.matcher(text);
            if (date.find()) {
                return instant(
                        date,
                        pattern == MONTH_FIRST ? date.group("rest") + " " + date.group("zone") : date.group("rest"));
            }
        }
        return null;
    }

    private static @Nullable Instant instant(Matcher date, String rest) {
        int year = year(date.group("year"));
        int month = month(date.group("month"));
        var time = TIME.matcher(rest);
        boolean timed = time.find();
        int hour = timed ? hour(time) : 0;
        int minute = timed ? Integer.parseInt(time.group("minute")) : 0;
        int second = timed && time.group("second") != null ? Math.min(59, Integer.parseInt(time.group("second"))) : 0;
        if (year < YEAR_MIN || year > YEAR_MAX || month < 1) {
            return null;
        }
        try {
            var local = LocalDateTime.of(year, month, Integer.parseInt(date.group("day")), hour, minute, second);
            return local.toInstant(zone(timed ? rest.substring(time.end()) : rest));
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    private static int hour(Matcher time) {
        int hour = Integer.parseInt(time.group("hour"));
        var half = time.group("half");
        if (half == null || hour > 12) {
            return hour;
        }
        return hour % 12 + (half.equalsIgnoreCase("pm") ? 12 : 0);
    }

    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return digits.length() == 4 ? year : digits.length() == 3 || year >= 50 ? 1900 + year : 2000 + year;
    }

    private static int month(String word) {
        if (Character.isDigit(word.charAt(0))) {
            return Integer.parseInt(word);
        }
        int at = MONTHS.indexOf(word.substring(0, 3).toLowerCase(Locale.ROOT));
        return at < 0 || at % 4 != 0 ? -1 : at / 4 + 1;
    }

    private static ZoneOffset zone(String text) {
        var offset = OFFSET.matcher(text);
        if (offset.find()) {
            int minutes = Integer.parseInt(offset.group("hours")) * 60 + Integer.parseInt(offset.group("minutes"));
            // No place is further than 14 hours from UTC, and mail programs make mistakes.
            return minutes > 14 * 60
                    ? ZoneOffset.UTC
                    : ZoneOffset.ofTotalSeconds((offset.group("sign").equals("-") ? -60 : 60) * minutes);
        }
        var name = ZONE.matcher(text);
        return name.find()
                ? ZoneOffset.ofHours(ZONE_HOURS.getOrDefault(name.group().toLowerCase(Locale.ROOT), 0))
                : ZoneOffset.UTC;
    }
}
