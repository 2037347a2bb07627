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
import org.postbag.staff.StaffTexts;
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

    private final DayFigures figures;
    private final StaffTexts texts;

    AnsweringReport(DayFigures figures, StaffTexts texts) {
        this.figures = figures;
        this.texts = texts;
    }

    @Override
    public String code() {
        return "answering";
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

    private List<Cell> cells(Cell first, Waits waits) {
        return List.of(
                first,
                Cell.count(waits.number()),
                Cell.duration(waits.percentileSeconds(MEDIAN), texts),
                Cell.duration(waits.percentileSeconds(NINETY), texts));
    }

    private Part channels(Map<String, Waits> channels, Waits all) {
        var rows = new ArrayList<List<Cell>>();
        var bars = new ArrayList<BarChart.Item>();
        channels.entrySet().stream()
                .sorted(Comparator.comparingLong(
                                (Map.Entry<String, Waits> one) -> one.getValue().number())
                        .reversed())
                .forEach(one -> {
                    var label = Channel.of(one.getKey()).map(texts::label).orElse(one.getKey());
                    rows.add(cells(Cell.text(label), one.getValue()));
                    bars.add(bar(texts.say("answering.median.of", label), one.getValue(), MEDIAN));
                    bars.add(bar(texts.say("answering.ninety.of", label), one.getValue(), NINETY));
                });
        return new Part(
                "channel",
                texts.say("report.by-channel"),
                texts.say("answering.channel.note"),
                BarChart.of(texts.say("answering.channel.chart"), bars, texts),
                new Table(
                        columns(texts.say("report.channel")),
                        rows,
                        all.number() == 0 ? List.of() : cells(Cell.text(texts.say("figures.all")), all)));
    }

    private BarChart.Item bar(String label, Waits waits, double share) {
        double seconds = waits.percentileSeconds(share);
        return new BarChart.Item(label, seconds, Cell.words(seconds, texts));
    }

    private Part weeks(Period period, Map<LocalDate, Waits> byWeek) {
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
                            ? List.of(
                                    Weekly.day(monday),
                                    Cell.count(0),
                                    Cell.duration(null, texts),
                                    Cell.duration(null, texts))
                            : cells(Weekly.day(monday), waits));
        }
        return new Part(
                "week",
                texts.say("answering.week"),
                texts.say("answering.week.note"),
                ColumnChart.of(
                        texts.say("answering.week.chart"),
                        Weekly.labels(mondays),
                        rows.isEmpty()
                                ? List.of()
                                : List.of(
                                        series(texts.say("answering.median"), median),
                                        series(texts.say("answering.ninety"), ninety)),
                        texts),
                new Table(columns(texts.say("report.week")), rows));
    }

    private ColumnChart.Series series(String label, List<Double> values) {
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return new ColumnChart.Series(label, label, texts.say("answering.at-most", Cell.words(most, texts)), values);
    }

    private List<String> columns(String first) {
        return List.of(
                first, texts.say("answering.answered"), texts.say("answering.median"), texts.say("answering.ninety"));
    }
}
