package org.postbag.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.postbag.staff.StaffTexts;

/** Columns over a stretch of time: a row of them for each series, all to one scale, with the series' name and figure above. */
public record ColumnChart(String title, String says, List<Row> rows, List<Tick> ticks, int height) implements Chart {

    private static final int ROW_HEIGHT = 64;
    private static final int LABEL_BASELINE = 15;
    private static final int COLUMNS_TOP = 22;
    private static final int COLUMNS_HEIGHT = 34;
    private static final int TICKS_HEIGHT = 22;
    /** What is more than nothing is seen. */
    private static final double SEEN_MIN = 1.5;

    private static final double FILLED = 0.8;

    /** One series: its key tells rows apart where a script renews them. */
    public record Row(String key, String label, String figure, int labelY, int baseY, List<Column> columns) {}

    /** @param y where it begins, from the top of the picture */
    public record Column(String x, String width, String y, String height) {}

    /** @param anchor which part of the label stands at {@code x}: {@code start}, {@code middle} or {@code end} */
    public record Tick(String x, String label, String anchor) {}

    /** What is to be drawn: a value for each stretch of time. */
    public record Series(String key, String label, String figure, List<Double> values) {

        public static Series ofCounts(String key, String label, String figure, List<Long> counts) {
            return new Series(
                    key, label, figure, counts.stream().map(Long::doubleValue).toList());
        }
    }

    /** @param times what the stretches of time are called, as many as each series has values */
    public static ColumnChart of(String title, List<String> times, List<Series> series, StaffTexts texts) {
        double most = series.stream()
                .flatMap(one -> one.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        var rows = new ArrayList<Row>();
        for (var one : series) {
            int top = rows.size() * ROW_HEIGHT;
            int base = top + COLUMNS_TOP + COLUMNS_HEIGHT;
            rows.add(new Row(
                    one.key(),
                    one.label(),
                    one.figure(),
                    top + LABEL_BASELINE,
                    base,
                    IntStream.range(0, one.values().size())
                            .mapToObj(i ->
                                    column(i, one.values().size(), one.values().get(i), most, base))
                            .toList()));
        }
        return new ColumnChart(
                title, says(times, series, texts), rows, ticks(times), series.size() * ROW_HEIGHT + TICKS_HEIGHT);
    }

    private static Column column(int place, int of, double value, double most, int base) {
        double height = value <= 0 || most <= 0 ? 0 : Math.max(SEEN_MIN, COLUMNS_HEIGHT * value / most);
        double step = 100.0 / of;
        return new Column(
                percent(place * step + step * (1 - FILLED) / 2),
                percent(step * FILLED),
                String.format(Locale.ROOT, "%.1f", base - height),
                String.format(Locale.ROOT, "%.1f", height));
    }

    /** The first, the middle and the last; where there are three at most, they would be the same. */
    private static List<Tick> ticks(List<String> times) {
        int last = times.size() - 1;
        if (last < 0) {
            return List.of();
        }
        var ticks = new ArrayList<Tick>();
        ticks.add(new Tick("0%", times.getFirst(), "start"));
        if (last >= 4) {
            ticks.add(new Tick(percent((last / 2 + 0.5) * 100 / times.size()), times.get(last / 2), "middle"));
        }
        if (last > 0) {
            ticks.add(new Tick("100%", times.getLast(), "end"));
        }
        return ticks;
    }

    private static String says(List<String> times, List<Series> series, StaffTexts texts) {
        var words = new ArrayList<String>();
        for (var one : series) {
            int most = IntStream.range(0, one.values().size())
                    .reduce((a, b) -> one.values().get(b) > one.values().get(a) ? b : a)
                    .orElse(-1);
            if (most >= 0 && one.values().get(most) > 0) {
                words.add(texts.say("figures.highest", one.label(), one.figure(), times.get(most)));
            }
        }
        return words.isEmpty() ? texts.say("figures.nothing") : String.join(" ", words);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", share);
    }

    @Override
    public String kind() {
        return "columns";
    }
}
