package org.postbag.reports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Keeps background work to its share of the time: each run is followed by so many times as long a rest. For one thread. */
final class Pace {

    private final Clock clock;
    private final Duration restMin;
    private final int restsOfWork;
    private Instant next = Instant.MIN;

    /** @param restsOfWork how many times as long as a run took the rest after it is, where that is more than {@code restMin} */
    Pace(Clock clock, Duration restMin, int restsOfWork) {
        this.clock = clock;
        this.restMin = restMin;
        this.restsOfWork = restsOfWork;
    }

    /** Runs it unless it is time to rest. */
    void run(Runnable work) {
        var start = clock.instant();
        if (start.isBefore(next)) {
            return;
        }
        try {
            work.run();
        } finally {
            var end = clock.instant();
            var rest = Duration.between(start, end).multipliedBy(restsOfWork);
            next = end.plus(rest.compareTo(restMin) > 0 ? rest : restMin);
        }
    }
}
