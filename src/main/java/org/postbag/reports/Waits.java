package org.postbag.reports;

import java.util.Map;
import java.util.TreeMap;

/** How long people waited: how many so many minutes. */
final class Waits {

    private static final double MINUTE_SECONDS = 60;

    private final Map<Integer, Long> numbers = new TreeMap<>();
    private long number;

    void add(int minutes, long count) {
        numbers.merge(minutes, count, Long::sum);
        number += count;
    }

    long number() {
        return number;
    }

    /**
     * Where {@code share} of them waited no longer, between the two nearest in proportion, as SQL's {@code percentile_cont} has it.
     *
     * @param share from 0 to 1
     */
    double percentileSeconds(double share) {
        double place = share * (number - 1);
        long before = (long) Math.floor(place);
        double lower = minutesAt(before);
        return (lower + (minutesAt((long) Math.ceil(place)) - lower) * (place - before)) * MINUTE_SECONDS;
    }

    private int minutesAt(long place) {
        long passed = 0;
        for (var one : numbers.entrySet()) {
            passed += one.getValue();
            if (place < passed) {
                return one.getKey();
            }
        }
        return 0;
    }
}
