package org.postbag.console.seeing;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A step of a route as Camel's model has it.
 *
 * @param id by which Camel knows it; of several that are shown as one, the first's
 * @param words what it does, without values: these may be secrets
 * @param figures null where nothing was counted
 * @param inside steps that it holds, such as what a choice leads to
 */
public record Step(String id, String words, @Nullable Figures figures, List<Step> inside) {

    public Step {
        inside = List.copyOf(inside);
    }

    /** Since the route was loaded. */
    public record Figures(long done, long failed, long inFlight, long meanMilliseconds) {

        Figures plus(Figures other) {
            return new Figures(
                    Math.max(done, other.done),
                    failed + other.failed,
                    inFlight + other.inFlight,
                    meanMilliseconds + other.meanMilliseconds);
        }

        /** "96 done, none failed, 12 milliseconds on average". */
        public String says() {
            if (done == 0 && failed == 0 && inFlight == 0) {
                return "Nothing yet";
            }
            return String.format(Locale.UK, "%,d done, %s failed", done, failed == 0 ? "none" : "%,d".formatted(failed))
                    + (inFlight == 0 ? "" : String.format(Locale.UK, ", %,d in flight", inFlight))
                    + (done == 0
                            ? ""
                            : ", "
                                    + (meanMilliseconds == 0
                                            ? "under a millisecond"
                                            : TimeWords.duration(Duration.ofMillis(meanMilliseconds)))
                                    + " on average");
        }

        /** The same as short as it can be: "96 done, 0 failed, 12 ms". */
        String brief() {
            return done == 0 && failed == 0 && inFlight == 0
                    ? "Nothing yet"
                    : String.format(Locale.UK, "%,d done, %,d failed", done, failed)
                            + (inFlight == 0 ? "" : String.format(Locale.UK, ", %,d in flight", inFlight))
                            + (done == 0 ? "" : String.format(Locale.UK, ", %,d ms", meanMilliseconds));
        }
    }

    public String says() {
        return figures == null ? "" : figures.says();
    }
}
