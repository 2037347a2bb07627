package org.postbag.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.postbag.contacts.matching.Matched;

/** Charts of a match as plain SVG, which read in black and white. */
final class MatchCharts {

    private static final int WIDTH = 360;
    private static final int LABEL_WIDTH = 94;
    private static final int LINE = 16;
    private static final int TITLE = 24;
    private static final String[] LEVELS = {"Different", "Faintly similar", "Similar", "Close", "One slip", "Same"};

    private static final int HEIGHT = 230;
    private static final int LEFT = 44;
    private static final int RIGHT = 14;
    private static final int TOP = 26;
    private static final int BOTTOM = 44;

    private MatchCharts() {}

    /** A bar for each level of each column: full to the right, striped to the left. */
    static String weights(List<String> columns, Matched matched) {
        double least = -1;
        double most = 1;
        for (int i = 0; i < columns.size(); i++) {
            for (double weight : matched.weights(i)) {
                least = Math.min(least, weight);
                most = Math.max(most, weight);
            }
        }
        double scale = (WIDTH - LABEL_WIDTH - 76) / (most - least);
        double zero = LABEL_WIDTH + 38 - least * scale;
        int height = columns.size() * (TITLE + LEVELS.length * LINE) + 6;
        var chart = new StringBuilder();
        chart.append(begin(height, "What agreeing in each column is worth; the table below says the same"));
        chart.append(
                "<defs><pattern id=\"against\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                        + "<rect width=\"4\" height=\"4\" fill=\"#fff\"/><rect width=\"2\" height=\"4\" fill=\"#0b0c0c\"/></pattern></defs>\n");
        int y = 0;
        for (int i = 0; i < columns.size(); i++) {
            chart.append(text(
                    0,
                    y + 17,
                    12,
                    "start",
                    "<tspan font-weight=\"700\">" + MatchReport.escaped(cut(columns.get(i))) + "</tspan>"));
            y += TITLE;
            double[] weights = matched.weights(i);
            for (int level = weights.length - 1; level >= 0; level--) {
                chart.append(bar(LEVELS[level], weights[level], y, zero, scale));
                y += LINE;
            }
        }
        chart.append(line(zero, 4, zero, height - 4, "#0b0c0c", ""));
        return chart.append("</svg>\n").toString();
    }

    private static String cut(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }

    private static String bar(String label, double weight, int y, double zero, double scale) {
        double end = zero + weight * scale;
        double from = Math.min(zero, end);
        return text(LABEL_WIDTH - 6, y + 12, 11, "end", label)
                + String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" stroke=\"#0b0c0c\" stroke-width=\".5\"/>%n",
                        from,
                        y + 2,
                        Math.abs(end - zero),
                        LINE - 4,
                        weight < 0 ? "url(#against)" : "#1d70b8")
                + text(
                        weight < 0 ? end - 3 : end + 3,
                        y + 12,
                        11,
                        weight < 0 ? "end" : "start",
                        String.format(Locale.ROOT, "%+.1f", weight).replace('-', '−'));
    }

    /** Two lines over the threshold, one full and one dashed, each with its name; the chosen thresholds upright. */
    static String costs(Matched matched) {
        var costs = matched.costs();
        double most = costs.stream()
                .mapToDouble(cost -> Math.max(cost.falsePairs(), cost.missedPairs()))
                .max()
                .orElse(1);
        double top = Math.max(1, Math.ceil(Math.log10(1 + most)));
        var chart =
                new StringBuilder(begin(HEIGHT, "Wrong and missed pairs by threshold; the table below says the same"));
        for (int power = 0; power <= top; power++) {
            double y = y(Math.pow(10, power) - (power == 0 ? 1 : 0), top);
            chart.append(line(LEFT, y, WIDTH - RIGHT, y, "#cecece", ""));
            chart.append(text(LEFT - 5, y + 4, 11, "end", power == 0 ? "0" : "%,.0f".formatted(Math.pow(10, power))));
        }
        for (double odds : new double[] {-3, 0, 2, 5, 10}) {
            chart.append(
                    text(x(odds), HEIGHT - BOTTOM + 15, 11, odds == 10 ? "end" : "middle", MatchReport.percent(odds)));
        }
        chart.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, 11, "middle", "taken from this probability on"));
        chart.append(chosen(matched.reviewMin(), "to look at", "end"));
        chart.append(chosen(matched.sameMin(), "one person", "start"));
        chart.append(curve(costs, Matched.Cost::falsePairs, top, ""));
        chart.append(curve(costs, Matched.Cost::missedPairs, top, " stroke-dasharray=\"5 3\""));
        chart.append(named(costs.getFirst().falsePairs(), "wrong", top, x(-3) + 4, "start"));
        chart.append(named(costs.getLast().missedPairs(), "missed", top, x(10), "end"));
        return chart.append("</svg>\n").toString();
    }

    private static String named(double value, String name, double top, double x, String anchor) {
        return text(x, y(value, top) - 6, 11, anchor, "<tspan font-weight=\"700\">" + name + "</tspan>");
    }

    private static String chosen(double odds, String name, String anchor) {
        return line(x(odds), TOP - 8, x(odds), HEIGHT - BOTTOM, "#0b0c0c", " stroke-dasharray=\"1 2\"")
                + text(x(odds) + (anchor.equals("end") ? 2 : -2), TOP - 12, 11, anchor, name);
    }

    private static String curve(
            List<Matched.Cost> costs, ToDoubleFunction<Matched.Cost> value, double top, String dashes) {
        var points = new StringBuilder();
        for (var cost : costs) {
            points.append(
                    String.format(Locale.ROOT, "%.1f,%.1f ", x(cost.logOdds()), y(value.applyAsDouble(cost), top)));
        }
        return "<polyline fill=\"none\" stroke=\"#0b0c0c\" stroke-width=\"2\"%s points=\"%s\"/>%n"
                .formatted(dashes, points.toString().strip());
    }

    private static double x(double odds) {
        return LEFT + (odds + 3) / 13 * (WIDTH - LEFT - RIGHT);
    }

    /** By powers of ten, since a few wrong pairs matter beside thousands that are missed. */
    private static double y(double pairs, double top) {
        return HEIGHT - BOTTOM - Math.min(1, Math.log10(1 + pairs) / top) * (HEIGHT - BOTTOM - TOP);
    }

    private static String begin(int height, String says) {
        return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n".formatted(WIDTH, height, says);
    }

    private static String line(double x, double y, double toX, double toY, String colour, String more) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"%s/>%n",
                x,
                y,
                toX,
                toY,
                colour,
                more);
    }

    private static String text(double x, double y, int size, String anchor, String escaped) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                size,
                anchor,
                escaped);
    }
}
