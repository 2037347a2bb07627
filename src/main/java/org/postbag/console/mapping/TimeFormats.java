package org.postbag.console.mapping;

import java.text.ParsePosition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profiles;

/** Finds out how times are written, by trying the ways in which people and systems write them. */
final class TimeFormats {

    /** Of two that fit alike, the first is taken: here the day comes before the month. */
    private static final List<String> DAYS = List.of(
            "dd/MM/yyyy",
            "d/M/yyyy",
            "dd-MM-yyyy",
            "dd.MM.yyyy",
            "d.M.yyyy",
            "d MMM yyyy",
            "d MMMM yyyy",
            "d-MMM-yyyy",
            "EEE d MMM yyyy",
            "EEEE d MMMM yyyy",
            "dd/MM/yy",
            "d/M/yy",
            "d-MMM-yy",
            "MM/dd/yyyy",
            "M/d/yyyy",
            "MM/dd/yy",
            "MMM d yyyy",
            "MMM d, yyyy",
            "yyyy/MM/dd",
            "yyyy.MM.dd",
            "yyyyMMdd");

    private static final List<String> TIMES = List.of(
            " HH:mm",
            " HH:mm:ss",
            " H:mm",
            " H:mm:ss",
            " HH.mm",
            " H.mm",
            " h:mm a",
            " hh:mm a",
            " h:mma",
            " h:mm:ss a",
            " HHmm",
            "HHmmss",
            ", HH:mm",
            " 'at' HH:mm",
            "");

    private static final int LENGTH_MAX = 40;
    private static final int DIGITS_MIN = 3;
    private static final double MOST = 0.6;
    private static final Map<String, Optional<Profile>> PROFILES = new ConcurrentHashMap<>();
    private static final int PROFILES_MAX = 2_000;

    private TimeFormats() {}

    /**
     * How these are written.
     *
     * @param pattern empty where a profile needs none for it: ISO 8601
     * @param doubtful whether they could as well be read with the month first
     */
    record Found(String pattern, boolean doubtful) {}

    /** The way that fits most; empty where it doesn't fit nearly all: a few slips of the pen are no way of writing. */
    static Optional<Found> of(Collection<String> written, boolean withTime) {
        var may = written.stream().filter(TimeFormats::mayBe).toList();
        long needed = Math.max(1, (long) Math.ceil(written.size() * MOST));
        if (may.size() < needed) {
            return Optional.empty();
        }
        if (read(List.of(), may) >= needed) {
            return Optional.of(new Found("", false));
        }
        var fitting = new LinkedHashMap<String, Long>();
        for (var day : DAYS) {
            for (var time : TIMES) {
                long fits = withTime || time.isEmpty() ? fits(day + time, may) : 0;
                if (fits >= needed) {
                    fitting.put(day + time, fits);
                }
            }
        }
        long most = fitting.values().stream().mapToLong(fits -> fits).max().orElse(0);
        fitting.values().removeIf(fits -> fits < most);
        return fitting.keySet().stream()
                .findFirst()
                .map(first -> new Found(
                        first,
                        first.startsWith("d") && fitting.keySet().stream().anyMatch(other -> other.matches("MM?/.*"))));
    }

    private static boolean mayBe(String written) {
        return written.length() <= LENGTH_MAX
                && written.chars().filter(Character::isDigit).count() >= DIGITS_MIN;
    }

    /** How many are written so. Most ways are told from a text without the cost of an exception. */
    private static long fits(String pattern, Collection<String> written) {
        var profile = profile(List.of(pattern));
        if (profile.isEmpty()) {
            return 0;
        }
        var format = profile.get().dates().getFirst();
        return written.stream()
                .filter(one -> {
                    var place = new ParsePosition(0);
                    return format.parseUnresolved(one, place) != null && place.getIndex() == one.length();
                })
                .filter(one -> profile.get().time(one).isPresent())
                .count();
    }

    /** How many of them a profile with these patterns reads. */
    static long read(List<String> patterns, Collection<String> written) {
        return profile(patterns)
                .map(profile -> written.stream()
                        .filter(one -> profile.time(one).isPresent())
                        .count())
                .orElse(0L);
    }

    private static Optional<Profile> profile(List<String> patterns) {
        var text = "timeZone: UTC\ncolumns: {when: W}\n"
                + (patterns.isEmpty() ? "" : "dates: " + YamlWords.list(patterns) + "\n");
        var known = PROFILES.get(text);
        if (known == null) {
            known = Profiles.parse("sample", "sample", text) instanceof Profile profile
                    ? Optional.of(profile)
                    : Optional.empty();
            if (PROFILES.size() < PROFILES_MAX) {
                PROFILES.put(text, known);
            }
        }
        return known;
    }
}
