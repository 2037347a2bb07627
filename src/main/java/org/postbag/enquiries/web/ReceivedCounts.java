package org.postbag.enquiries.web;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postbag.figures.Cell;
import org.postbag.figures.ColumnChart;
import org.postbag.figures.Table;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much came in by each channel and day, by the days of the United Kingdom; without a backlog, which came in before. */
@Component
public class ReceivedCounts {

    /** Two weeks, so that a Monday stands beside a Monday. */
    static final int DAYS = 14;

    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.UK);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMM", Locale.UK);

    private final JdbcClient jdbc;
    private final Clock clock;

    ReceivedCounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param days how many on each of {@link Received#days} */
    public record Count(Channel channel, List<Long> days) {

        public long all() {
            return days.stream().mapToLong(Long::longValue).sum();
        }

        public long today() {
            return days.getLast();
        }

        /** How many since Monday's midnight, those of today among them. */
        long since(int day) {
            return days.subList(day, days.size()).stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /**
     * @param counts the channels by which something came on these days, the busiest first
     * @param days the last of which is today
     */
    public record Received(List<Count> counts, List<LocalDate> days) {

        public LocalDate today() {
            return days.getLast();
        }

        public LocalDate monday() {
            return today().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }

        public long ofToday() {
            return counts.stream().mapToLong(Count::today).sum();
        }

        public long ofWeek() {
            return counts.stream().mapToLong(this::ofWeek).sum();
        }

        long ofWeek(Count count) {
            return count.since(days.indexOf(monday()));
        }

        public ColumnChart chart(StaffTexts texts) {
            return ColumnChart.of(
                    texts.say("home.chart"),
                    labels(texts),
                    counts.stream()
                            .map(count -> ColumnChart.Series.ofCounts(
                                    count.channel().code(),
                                    texts.label(count.channel()),
                                    texts.say(
                                            "home.chart.figure",
                                            Cell.count(count.today()).shown(),
                                            Cell.count(ofWeek(count)).shown()),
                                    count.days()))
                            .toList(),
                    texts);
        }

        private List<String> labels(StaffTexts texts) {
            return days.stream()
                    .map(day -> day.equals(today()) ? texts.say("home.chart.today") : SHORT.format(day))
                    .toList();
        }

        /** The newest day first. */
        public Table table(StaffTexts texts) {
            var columns = Stream.concat(
                            Stream.of(texts.say("home.table.day")),
                            Stream.concat(
                                    counts.stream().map(count -> texts.label(count.channel())),
                                    Stream.of(texts.say("figures.all"))))
                    .toList();
            var rows = new ArrayList<List<Cell>>();
            for (int day = days.size() - 1; day >= 0; day--) {
                rows.add(row(day));
            }
            return new Table(columns, rows);
        }

        private List<Cell> row(int day) {
            var row = new ArrayList<Cell>();
            row.add(new Cell(LONG.format(days.get(day)), days.get(day).toString(), false));
            counts.forEach(count -> row.add(Cell.count(count.days().get(day))));
            row.add(Cell.count(
                    counts.stream().mapToLong(count -> count.days().get(day)).sum()));
            return row;
        }
    }

    /** Counts one stretch of the index for each channel and day, so the years before cost nothing. */
    Received now() {
        var today = LocalDate.ofInstant(clock.instant(), UkTime.ZONE);
        var days = IntStream.range(0, DAYS)
                .mapToObj(day -> today.minusDays(DAYS - 1L - day))
                .toList();
        var counts = new EnumMap<Channel, Long[]>(Channel.class);
        jdbc.sql("""
                        select one.channel, of.day, n.number
                        from unnest(:channels::text[]) as one (channel)
                        cross join unnest(:days::integer[], :starts::timestamptz[], :ends::timestamptz[]) as of (day, starts, ends)
                        cross join lateral (
                            select count(*) as number from receipt r
                            where r.channel = one.channel and r.received_at >= of.starts and r.received_at < of.ends
                                and r.direction = :inbound and r.route <> :backlog) n
                        where n.number > 0
                        """)
                .param(
                        "channels",
                        Arrays.stream(Channel.values())
                                // Nobody gets in touch by being in a list.
                                .filter(channel -> channel != Channel.PUBLIC_REGISTER)
                                .map(Channel::code)
                                .toArray(String[]::new))
                .param("days", IntStream.range(0, DAYS).boxed().toArray(Integer[]::new))
                .param("starts", days.stream().map(ReceivedCounts::start).toArray(String[]::new))
                // A clock of the database that is ahead of ours is no other day than today.
                .param(
                        "ends",
                        Stream.concat(days.stream().skip(1).map(ReceivedCounts::start), Stream.of("infinity"))
                                .toArray(String[]::new))
                .param("inbound", Direction.INBOUND.code())
                .param("backlog", Receipt.BACKLOG_ROUTE)
                .query(row -> {
                    counts.computeIfAbsent(Channel.of(row.getString("channel")).orElseThrow(), _ -> none())[
                                    row.getInt("day")] =
                            row.getLong("number");
                });
        return new Received(
                counts.entrySet().stream()
                        .map(one -> new Count(one.getKey(), List.of(one.getValue())))
                        .sorted(Comparator.comparingLong(Count::all).reversed().thenComparing(Count::channel))
                        .toList(),
                days);
    }

    private static String start(LocalDate day) {
        return day.atStartOfDay(UkTime.ZONE).toInstant().toString();
    }

    private static Long[] none() {
        var days = new Long[DAYS];
        Arrays.fill(days, 0L);
        return days;
    }
}
