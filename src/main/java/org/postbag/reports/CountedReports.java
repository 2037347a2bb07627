package org.postbag.reports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postbag.figures.Period;
import org.springframework.stereotype.Component;

/** Counts reports, and keeps each for a few minutes: of a large record one takes seconds, and its files are asked for right after its page. */
@Component
public class CountedReports {

    static final Duration KEPT = Duration.ofMinutes(5);
    private static final int KEPT_MAX = 64;

    private final Map<Asked, Counted> counted = new ConcurrentHashMap<>();
    private final Clock clock;

    CountedReports(Clock clock) {
        this.clock = clock;
    }

    public record Counted(Instant at, List<Report.Part> parts) {}

    private record Asked(String code, @Nullable Period period) {}

    /** Who asks for what is being counted waits for that. */
    public Counted count(Report report, Period period) {
        var now = clock.instant();
        counted.values().removeIf(one -> one.at().plus(KEPT).isBefore(now));
        if (counted.size() >= KEPT_MAX) {
            counted.clear();
        }
        return counted.computeIfAbsent(
                new Asked(report.code(), report.looksAhead() ? null : period),
                _ -> new Counted(clock.instant(), report.parts(period)));
    }
}
