package org.postbag.contacts.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.postbag.figures.Cell;

/**
 * What the model said against what staff said, band by band, with the line on which both agree. Lengths are in the picture's own units, {@link #SIZE} wide and
 * high.
 */
public record ReliabilityChart(List<Point> points, List<Tick> across, List<Tick> up) {

    public static final int SIZE = 340;
    private static final int LEFT = 48;
    private static final int BOTTOM = 292;
    private static final int RIGHT = 316;
    private static final int TOP = 12;

    /** @param pairs of how many staff were sure */
    public record Point(String x, String y, String low, String high, String pairs) {}

    public record Tick(String at, String label) {}

    static ReliabilityChart of(ReviewReport report) {
        var shown = report.bands().stream().filter(band -> band.decided() > 0).toList();
        // Pairs are found from even odds on, so the left half of the picture is mostly empty: then it is left out.
        double from = shown.stream().anyMatch(band -> band.predicted() < 0.5) ? 0 : 0.5;
        var points = new ArrayList<Point>();
        for (var band : shown) {
            double share = (double) band.same() / band.decided();
            double x = across(band.predicted(), from);
            points.add(new Point(
                    number(x),
                    number(up(share)),
                    number(up(band.low())),
                    number(up(band.high())),
                    String.format(Locale.UK, "%,d", band.decided())));
        }
        return new ReliabilityChart(
                points,
                DoubleStream.of(0, 0.2, 0.4, 0.6, 0.8, 1)
                        .map(step -> from + step * (1 - from))
                        .mapToObj(at -> new Tick(number(across(at, from)), Cell.percent(at)))
                        .toList(),
                DoubleStream.of(0, 0.25, 0.5, 0.75, 1)
                        .mapToObj(at -> new Tick(number(up(at)), Cell.percent(at)))
                        .toList());
    }

    /** Where the line on which both agree begins: at the left, as high as it says there. */
    public String agreeFrom() {
        return across.getFirst().label().equals("0%") ? number(up(0)) : number(up(0.5));
    }

    private static double across(double share, double from) {
        return LEFT + (RIGHT - LEFT) * (share - from) / (1 - from);
    }

    private static double up(double share) {
        return BOTTOM - (BOTTOM - TOP) * share;
    }

    private static String number(double length) {
        return String.format(Locale.ROOT, "%.1f", length);
    }
}
