package org.postbag.staff;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Days and times as people in the United Kingdom type them. */
public final class Typed {

    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("d/M/uuuu", Locale.UK);
    private static final List<DateTimeFormatter> DATES = formats("d/M/uuuu", "d MMM uuuu", "d MMMM uuuu", "uuuu-M-d");
    private static final List<DateTimeFormatter> TIMES = formats("H:mm", "h:mma", "ha", "HHmm");

    private Typed() {}

    private static List<DateTimeFormatter> formats(String... patterns) {
        return List.of(patterns).stream()
                .map(pattern -> new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(pattern)
                        .toFormatter(Locale.UK)
                        .withResolverStyle(ResolverStyle.STRICT))
                .toList();
    }

    /** "3/3/2026". */
    public static String date(LocalDate day) {
        return SHOWN.format(day);
    }

    /** Null for what is no day. */
    public static @Nullable LocalDate date(String typed) {
        var text =
                typed.strip().replaceAll("\\s*[/.]\\s*", "/").replaceAll("(?<=\\d)-(?=\\d{1,2}-\\d{4}$|\\d{4}$)", "/");
        for (var format : DATES) {
            try {
                return LocalDate.parse(text, format);
            } catch (DateTimeException another) {
                // The next may fit.
            }
        }
        return null;
    }

    /** Null for what is no time. */
    public static @Nullable LocalTime time(String typed) {
        var text = typed.replaceAll("\\s", "").replace('.', ':');
        for (var format : TIMES) {
            try {
                return LocalTime.parse(text, format);
            } catch (DateTimeException another) {
                // The next may fit.
            }
        }
        return null;
    }
}
