package org.postbag.reports;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.figures.Cell;
import org.postbag.figures.ColumnChart;
import org.postbag.figures.Period;
import org.postbag.figures.Table;
import org.postbag.staff.StaffTexts;

/** Counts of some series week by week, each week of a period among them, those without any too. */
final class Weekly {

    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK);

    private final List<LocalDate> weeks;
    private final StaffTexts texts;
    private final Map<String, long[]> series = new LinkedHashMap<>();

    Weekly(Period period, StaffTexts texts) {
        this.weeks = period.weeks();
        this.texts = texts;
    }

    /** @param monday of one of the period's weeks */
    void add(String name, LocalDate monday, long count) {
        int at = weeks.indexOf(monday);
        if (at >= 0) {
            series.computeIfAbsent(name, _ -> new long[weeks.size()])[at] += count;
        }
    }

    /** How many of each series, in the order in which they came. */
    Tally tally() {
        return new Tally(series.entrySet().stream()
                .map(one -> new Tally.Line(one.getKey(), sum(one.getValue())))
                .toList());
    }

    Report.Part part(String code, String heading, @Nullable String note) {
        var names = tally().lines().stream().map(Tally.Line::label).toList();
        var drawn = names.stream()
                .map(name -> ColumnChart.Series.ofCounts(
                        name,
                        name,
                        texts.say("report.in-all", Cell.count(sum(of(name))).shown()),
                        boxed(of(name))))
                .toList();
        return new Report.Part(code, heading, note, ColumnChart.of(heading, labels(weeks), drawn, texts), table(names));
    }

    private Table table(List<String> names) {
        var columns = new ArrayList<>(List.of(texts.say("report.week")));
        columns.addAll(names);
        columns.add(texts.say("figures.all"));
        var rows = new ArrayList<List<Cell>>();
        for (int week = 0; week < weeks.size() && !names.isEmpty(); week++) {
            rows.add(row(weeks.get(week), names, week));
        }
        return new Table(columns, rows);
    }

    private List<Cell> row(LocalDate monday, List<String> names, int week) {
        var row = new ArrayList<>(List.of(day(monday)));
        long all = 0;
        for (var name : names) {
            long count = of(name)[week];
            all += count;
            row.add(Cell.count(count));
        }
        row.add(Cell.count(all));
        return row;
    }

    private long[] of(String name) {
        return series.getOrDefault(name, new long[weeks.size()]);
    }

    static List<String> labels(List<LocalDate> days) {
        return days.stream().map(SHORT::format).toList();
    }

    /** A day that a person reads, and a spreadsheet takes for a date. */
    static Cell day(LocalDate day) {
        return new Cell(SHORT.format(day), day.toString(), false);
    }

    private static long sum(long[] counts) {
        return java.util.Arrays.stream(counts).sum();
    }

    private static List<Long> boxed(long[] counts) {
        return java.util.Arrays.stream(counts).boxed().toList();
    }
}
