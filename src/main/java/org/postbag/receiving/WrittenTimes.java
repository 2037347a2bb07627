package org.postbag.receiving;

import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Formats of times as people write them, read strictly and whatever the case of letters. */
final class WrittenTimes {

    /** ISO 8601. */
    static final List<DateTimeFormatter> ALWAYS_TRIED = Stream.of(
                    "uuuu-MM-dd", "uuuu-MM-dd['T'][ ]HH:mm[:ss][.SSS][XXX]")
            .map(WrittenTimes::strict)
            .toList();

    private WrittenTimes() {}

    /** @throws IllegalArgumentException where it is no pattern */
    static DateTimeFormatter format(String pattern) {
        return strict(withProlepticYears(pattern));
    }

    private static DateTimeFormatter strict(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH)
                .withChronology(IsoChronology.INSTANCE)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** People write yyyy, which strict parsing takes for a year of an era that nobody writes. */
    private static String withProlepticYears(String pattern) {
        var text = new StringBuilder();
        boolean quoted = false;
        for (char c : pattern.toCharArray()) {
            quoted ^= c == '\'';
            text.append(c == 'y' && !quoted ? 'u' : c);
        }
        return text.toString();
    }
}
