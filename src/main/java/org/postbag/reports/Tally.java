package org.postbag.reports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.figures.BarChart;
import org.postbag.figures.Cell;
import org.postbag.figures.Table;
import org.postbag.staff.StaffTexts;

/** How often each of some things was counted, the most frequent first. */
record Tally(List<Line> lines) {

    /** A chart of more is no picture any more. */
    private static final int DRAWN_MAX = 15;

    record Line(String label, long count) {}

    Tally {
        lines = lines.stream()
                .sorted(Comparator.comparingLong(Line::count).reversed().thenComparing(Line::label))
                .toList();
    }

    long all() {
        return lines.stream().mapToLong(Line::count).sum();
    }

    /** @param what the name of what is counted, as a column's heading */
    Report.Part part(String code, String heading, @Nullable String note, String what, StaffTexts texts) {
        return new Report.Part(code, heading, note, chart(heading, texts), table(what, texts));
    }

    private BarChart chart(String title, StaffTexts texts) {
        var items = new ArrayList<BarChart.Item>();
        for (var line : lines.subList(0, Math.min(lines.size(), DRAWN_MAX))) {
            items.add(item(line.label(), line.count()));
        }
        if (lines.size() > DRAWN_MAX) {
            var rest = lines.subList(DRAWN_MAX, lines.size());
            items.add(item(
                    texts.say("report.others", rest.size()),
                    rest.stream().mapToLong(Line::count).sum()));
        }
        return BarChart.of(title, items, texts);
    }

    private static BarChart.Item item(String label, long count) {
        return new BarChart.Item(label, count, Cell.count(count).shown());
    }

    private Table table(String what, StaffTexts texts) {
        long all = all();
        return new Table(
                List.of(what, texts.say("report.number"), texts.say("report.share")),
                lines.stream()
                        .map(line -> List.of(
                                Cell.text(line.label()),
                                Cell.count(line.count()),
                                Cell.share((double) line.count() / all)))
                        .toList(),
                List.of(Cell.text(texts.say("figures.all")), Cell.count(all), Cell.share(1.0)));
    }
}
