package org.postbag.reports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.figures.BarChart;
import org.postbag.figures.Cell;
import org.postbag.figures.ColumnChart;
import org.postbag.figures.Period;
import org.postbag.figures.Table;
import org.postbag.receiving.Channel;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How long people waited for an answer: from when their enquiry was received to the first answer of ours. */
@Component
@Order(2)
class AnsweringReport implements Report {

    /**
     * The first message of ours on the thread; where it was answered otherwise, when staff said so. Half of them waited no longer than the median, nine in ten
     * no longer than the 90th percentile.
     */
    private static final String TIMES = """
            select channel, monday, count(*) as number, percentile_cont(array[0.5, 0.9]) within group (order by seconds) as times
            from (
                select e.channel, date_trunc('week', e.received_at at time zone 'Europe/London')::date as monday,
                    extract(epoch from greatest(least(first.sent_at, case when w.answer <> 'message' then w.status_at end), e.received_at) - e.received_at)
                        as seconds
                from enquiry e
                join enquiry_work w on w.enquiry_id = e.id
                cross join lateral (
                    select min(o.received_at) as sent_at from enquiry o
                    where o.thread_id = e.thread_id and o.direction = 'outbound' and o.automatic is null and o.received_at >= e.received_at) first
                where e.direction = 'inbound' and e.received_at >= :from::timestamptz and e.received_at < :until::timestamptz
                    and w.answer in ('message', 'telephone', 'letter', 'at-once') and w.status in ('answered', 'closed')
                    and (first.sent_at is not null or w.answer <> 'message')) answered
            group by grouping sets ((channel), (monday), ())
            """;

    private static final List<String> COLUMNS = List.of("Answered", "Median", "90th percentile");

    private final JdbcClient jdbc;

    AnsweringReport(JdbcClient jdbc) {
        this.jdbc = jdbc;
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

    /** @param channel null for those of a week, {@code monday} null for those of a channel; both for all */
    private record Line(
            @Nullable String channel, @Nullable LocalDate monday, long number, double median, double ninety) {

        Cell half() {
            return Cell.duration(median);
        }

        Cell nineInTen() {
            return Cell.duration(ninety);
        }
    }

    @Override
    public List<Part> parts(Period period) {
        var lines = jdbc.sql(TIMES)
                .param("from", period.start().toString())
                .param("until", period.end().toString())
                .query((row, n) -> line(row))
                .list();
        var all = lines.stream()
                .filter(line -> line.channel() == null && line.monday() == null && line.number() > 0)
                .toList();
        return List.of(channels(lines, all), weeks(period, lines));
    }

    private static Line line(ResultSet row) throws SQLException {
        var code = row.getString("channel");
        var monday = row.getDate("monday");
        var times = row.getArray("times");
        var seconds = times == null ? new Double[] {0.0, 0.0} : (Double[]) times.getArray();
        return new Line(
                code == null ? null : Channel.of(code).map(Channel::label).orElse(code),
                monday == null ? null : monday.toLocalDate(),
                row.getLong("number"),
                seconds[0],
                seconds[1]);
    }

    private static Part channels(List<Line> lines, List<Line> all) {
        var rows = new ArrayList<List<Cell>>();
        var bars = new ArrayList<BarChart.Item>();
        lines.stream()
                .filter(line -> line.channel() != null)
                .sorted(Comparator.comparingLong(Line::number).reversed())
                .forEach(line -> {
                    var label = String.valueOf(line.channel());
                    rows.add(List.of(Cell.text(label), Cell.count(line.number()), line.half(), line.nineInTen()));
                    bars.add(new BarChart.Item(
                            label + ", median", line.median(), line.half().shown()));
                    bars.add(new BarChart.Item(
                            label + ", 90th percentile",
                            line.ninety(),
                            line.nineInTen().shown()));
                });
        var total = all.stream()
                .map(line -> List.of(Cell.text("All"), Cell.count(line.number()), line.half(), line.nineInTen()))
                .findFirst()
                .orElse(List.of());
        return new Part(
                "channel",
                "By channel",
                "Calls that were answered there and then count as no time at all; what needed no answer isn’t counted. In the file, times are hours.",
                BarChart.of("Time to answer by channel", bars),
                new Table(columns("Channel"), rows, total));
    }

    private static Part weeks(Period period, List<Line> lines) {
        var byWeek = new HashMap<LocalDate, Line>();
        lines.forEach(line -> {
            if (line.monday() != null) {
                byWeek.put(line.monday(), line);
            }
        });
        var median = new ArrayList<Double>();
        var ninety = new ArrayList<Double>();
        var rows = new ArrayList<List<Cell>>();
        for (var monday : byWeek.isEmpty() ? List.<LocalDate>of() : period.weeks()) {
            var line = byWeek.get(monday);
            median.add(line == null ? 0 : line.median());
            ninety.add(line == null ? 0 : line.ninety());
            rows.add(List.of(
                    Weekly.day(monday),
                    Cell.count(line == null ? 0 : line.number()),
                    Cell.duration(line == null ? null : (Double) line.median()),
                    Cell.duration(line == null ? null : (Double) line.ninety())));
        }
        return new Part(
                "week",
                "By the week in which it came",
                "Of the last weeks only what was answered soon has been answered yet, so their times look short.",
                ColumnChart.of(
                        "Time to answer by week",
                        Weekly.labels(byWeek.isEmpty() ? List.of() : period.weeks()),
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
