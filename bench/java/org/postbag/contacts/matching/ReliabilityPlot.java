package org.postbag.contacts.matching;

import java.util.List;
import java.util.Locale;

/** Predicted against observed, as SVG that reads in black and white: the better the probabilities, the nearer the marks are to the diagonal. */
final class ReliabilityPlot {

    private static final int SIZE = 360;
    private static final int LEFT = 46;
    private static final int TOP = 16;
    private static final int SIDE = 290;
    /** So few pairs show nothing. */
    private static final int PAIRS_MIN = 10;

    private ReliabilityPlot() {}

    /** Pairs that were given about the same probability. */
    static final class Bin {
        final double from;
        final double to;
        int pairs;
        private double probability;
        private int ofOne;

        Bin(double from, double to) {
            this.from = from;
            this.to = to;
        }

        void add(double predicted, boolean isOne) {
            pairs++;
            probability += predicted;
            ofOne += isOne ? 1 : 0;
        }

        double predicted() {
            return probability / Math.max(1, pairs);
        }

        double observed() {
            return (double) ofOne / Math.max(1, pairs);
        }
    }

    static String of(List<String> names, List<List<Bin>> all) {
        var plot = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" font-family=\"system-ui,Arial,sans-serif\" font-size=\"11\">\n"
                        .formatted(SIZE, SIZE, SIZE, SIZE));
        plot.append("<title>How often pairs were one person, by the probability they were given</title>\n");
        plot.append("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n".formatted(SIZE, SIZE));
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            double share = tenth / 10.0;
            plot.append(line(x(0), y(share), x(1), y(share)));
            plot.append(text(LEFT - 6, y(share) + 4, "end", tenth * 10 + " %"));
            plot.append(text(x(share), TOP + SIDE + 16, "middle", tenth * 10 + " %"));
        }
        plot.append("<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#0b0c0c\" stroke-dasharray=\"2 3\"/>\n"
                .formatted(x(0), y(0), x(1), y(1)));
        plot.append(text(x(0.5), TOP + SIDE + 34, "middle", "given probability"));
        plot.append(text(x(0.02), TOP + 12, "start", "share that was one person"));
        for (int i = 0; i < all.size(); i++) {
            plot.append(marks(all.get(i), i > 0));
            plot.append(mark(x(0.58), y(0.16 - i * 0.08), i > 0));
            plot.append(text(x(0.58) + 10, y(0.16 - i * 0.08) + 4, "start", names.get(i)));
        }
        return plot.append("</svg>\n").toString();
    }

    private static String marks(List<Bin> bins, boolean hollow) {
        var marks = new StringBuilder();
        bins.stream()
                .filter(bin -> bin.pairs >= PAIRS_MIN)
                .forEach(bin -> marks.append(mark(x(bin.predicted()), y(bin.observed()), hollow)));
        return marks.toString();
    }

    private static String mark(double x, double y, boolean hollow) {
        return hollow
                ? String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"8\" height=\"8\" fill=\"#fff\" stroke=\"#0b0c0c\" stroke-width=\"1.5\"/>%n",
                        x - 4,
                        y - 4)
                : String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\" fill=\"#1d70b8\" stroke=\"#0b0c0c\"/>%n",
                        x,
                        y);
    }

    private static String line(double x, double y, double toX, double toY) {
        return String.format(Locale.ROOT, "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#cecece\"/>%n", x, y, toX, toY);
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
    }

    private static double x(double share) {
        return LEFT + share * SIDE;
    }

    private static double y(double share) {
        return TOP + (1 - share) * SIDE;
    }
}
