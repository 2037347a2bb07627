package org.postbag.enquiries.web;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
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

        public ColumnChart chart() {
            return ColumnChart.of(
                    "Items received by channel and day",
                    labels(),
                    counts.stream()
                            .map(count -> ColumnChart.Series.ofCounts(
                                    count.channel().code(),
                                    count.channel().label(),
                                    "%,d today, %,d this week".formatted(count.today(), ofWeek(count)),
                                    count.days()))
                            .toList());
        }

        private List<String> labels() {
            return days.stream()
                    .map(day -> day.equals(today()) ? "today" : SHORT.format(day))
                    .toList();
        }

        /** The newest day first. */
        public Table table() {
            var columns = Stream.concat(
                            Stream.of("Day"),
                            Stream.concat(
                                    counts.stream().map(count -> count.channel().label()), Stream.of("All")))
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

    /** Reads one stretch of the index for each channel, so the years before cost nothing. */
    Received now() {
        var today = LocalDate.ofInstant(clock.instant(), UkTime.ZONE);
        var first = today.minusDays(DAYS - 1);
        var counts = new EnumMap<Channel, Long[]>(Channel.class);
        jdbc.sql("""
                        select r.channel, (r.received_at at time zone 'Europe/London')::date as day, count(*) as number
                        from unnest(:channels::text[]) as one (channel)
                        join receipt r on r.channel = one.channel and r.received_at >= :first::timestamptz
                        where r.direction = :inbound and r.route <> :backlog
                        group by 1, 2
                        """)
                .param(
                        "channels",
                        Arrays.stream(Channel.values())
                                // Nobody gets in touch by being in a list.
                                .filter(channel -> channel != Channel.PUBLIC_REGISTER)
                                .map(Channel::code)
                                .toArray(String[]::new))
                .param("first", first.atStartOfDay(UkTime.ZONE).toInstant().toString())
                .param("inbound", Direction.INBOUND.code())
                .param("backlog", Receipt.BACKLOG_ROUTE)
                .query(row -> {
                    var days = counts.computeIfAbsent(
                            Channel.of(row.getString("channel")).orElseThrow(), _ -> none());
                    long day = ChronoUnit.DAYS.between(first, row.getDate("day").toLocalDate());
                    // A clock of the database that is ahead of ours is no other day than today.
                    days[(int) Math.min(day, DAYS - 1)] += row.getLong("number");
                });
        return new Received(
                counts.entrySet().stream()
                        .map(one -> new Count(one.getKey(), List.of(one.getValue())))
                        .sorted(Comparator.comparingLong(Count::all).reversed().thenComparing(Count::channel))
                        .toList(),
                IntStream.range(0, DAYS).mapToObj(first::plusDays).toList());
    }

    private static Long[] none() {
        var days = new Long[DAYS];
        Arrays.fill(days, 0L);
        return days;
    }
}
