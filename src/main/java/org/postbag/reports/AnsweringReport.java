package org.postbag.reports;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postbag.figures.BarChart;
import org.postbag.figures.Cell;
import org.postbag.figures.ColumnChart;
import org.postbag.figures.Period;
import org.postbag.figures.Table;
import org.postbag.receiving.Channel;
import org.postbag.reports.DayFigures.What;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * How long people waited for an answer: from when their enquiry was received to the first message of ours on the thread; where it was answered otherwise,
 * to when staff said so.
 */
@Component
@Order(2)
class AnsweringReport implements Report {

    private static final double MEDIAN = 0.5;
    private static final double NINETY = 0.9;
    private static final List<String> COLUMNS = List.of("Answered", "Median", "90th percentile");

    private final DayFigures figures;

    AnsweringReport(DayFigures figures) {
        this.figures = figures;
    }

    @Override
    public String code() {
        return "answering";
    }

    @Override
    public String title() {
        return "Time to answer";
    }

    @Override
    public String lead() {
        return "Of what came in in this period and has been answered: from when it was received to our first answer. Half waited no longer than the median,"
                + " nine in ten no longer than the 90th percentile.";
    }

    @Override
    public Counted counted(Period period) {
        var at = figures.asOf(period);
        var channels = new LinkedHashMap<String, Waits>();
        var weeks = new HashMap<LocalDate, Waits>();
        var all = new Waits();
        for (var count : figures.weeks(period, What.ANSWERED)) {
            channels.computeIfAbsent(count.value(), _ -> new Waits()).add(count.minutes(), count.number());
            weeks.computeIfAbsent(count.monday(), _ -> new Waits()).add(count.minutes(), count.number());
            all.add(count.minutes(), count.number());
        }
        return new Counted(at, List.of(channels(channels, all), weeks(period, weeks)));
    }

    private static List<Cell> cells(Cell first, Waits waits) {
        return List.of(
                first,
                Cell.count(waits.number()),
                Cell.duration(waits.percentileSeconds(MEDIAN)),
                Cell.duration(waits.percentileSeconds(NINETY)));
    }

    private static Part channels(Map<String, Waits> channels, Waits all) {
        var rows = new ArrayList<List<Cell>>();
        var bars = new ArrayList<BarChart.Item>();
        channels.entrySet().stream()
                .sorted(Comparator.comparingLong(
                                (Map.Entry<String, Waits> one) -> one.getValue().number())
                        .reversed())
                .forEach(one -> {
                    var label = Channel.of(one.getKey()).map(Channel::label).orElse(one.getKey());
                    rows.add(cells(Cell.text(label), one.getValue()));
                    bars.add(bar(label + ", median", one.getValue(), MEDIAN));
                    bars.add(bar(label + ", 90th percentile", one.getValue(), NINETY));
                });
        return new Part(
                "channel",
                "By channel",
                "Calls that were answered there and then count as no time at all; what needed no answer isn’t counted. In the file, times are hours; they are"
                        + " to the minute within an hour, to the hour within two days, to a tenth of a day within ten, and to the day beyond.",
                BarChart.of("Time to answer by channel", bars),
                new Table(columns("Channel"), rows, all.number() == 0 ? List.of() : cells(Cell.text("All"), all)));
    }

    private static BarChart.Item bar(String label, Waits waits, double share) {
        double seconds = waits.percentileSeconds(share);
        return new BarChart.Item(label, seconds, Cell.words(seconds));
    }

    private static Part weeks(Period period, Map<LocalDate, Waits> byWeek) {
        var mondays = byWeek.isEmpty() ? List.<LocalDate>of() : period.weeks();
        var median = new ArrayList<Double>();
        var ninety = new ArrayList<Double>();
        var rows = new ArrayList<List<Cell>>();
        for (var monday : mondays) {
            var waits = byWeek.get(monday);
            median.add(waits == null ? 0 : waits.percentileSeconds(MEDIAN));
            ninety.add(waits == null ? 0 : waits.percentileSeconds(NINETY));
            rows.add(
                    waits == null
                            ? List.of(Weekly.day(monday), Cell.count(0), Cell.duration(null), Cell.duration(null))
                            : cells(Weekly.day(monday), waits));
        }
        return new Part(
                "week",
                "By the week in which it came",
                "Of the last weeks only what was answered soon has been answered yet, so their times look short.",
                ColumnChart.of(
                        "Time to answer by week",
                        Weekly.labels(mondays),
                        rows.isEmpty()
                                ? List.of()
                                : List.of(series("Median", median), series("90th percentile", ninety))),
                new Table(columns("Week from Monday"), rows));
    }

    private static ColumnChart.Series series(String label, List<Double> values) {
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return new ColumnChart.Series(label, label, "at most " + Cell.words(most), values);
    }

    private static List<String> columns(String first) {
        var columns = new ArrayList<>(List.of(first));
        columns.addAll(COLUMNS);
        return columns;
    }
}
