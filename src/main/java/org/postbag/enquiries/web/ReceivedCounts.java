package org.postbag.enquiries.web;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.postbag.staff.UkTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much came in by each channel, today and this week, by the days of the United Kingdom; without a backlog, which came in before. */
@Component
public class ReceivedCounts {

    private final JdbcClient jdbc;
    private final Clock clock;

    ReceivedCounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param today how many since midnight
     * @param week how many since Monday's midnight, those of today among them
     */
    public record Count(Channel channel, long today, long week) {}

    /**
     * @param counts the channels by which something came this week, the busiest first
     * @param today the day
     * @param monday when the week began
     */
    public record Received(List<Count> counts, LocalDate today, LocalDate monday) {

        public long ofToday() {
            return counts.stream().mapToLong(Count::today).sum();
        }

        public long ofWeek() {
            return counts.stream().mapToLong(Count::week).sum();
        }
    }

    /** Reads one stretch of the index for each channel, so the years before cost nothing. */
    Received now() {
        var today = LocalDate.ofInstant(clock.instant(), UkTime.ZONE);
        var monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var counts = jdbc.sql("""
                        select channel, today, week
                        from unnest(:channels::text[]) channel
                        cross join lateral (
                            select count(*) filter (where received_at >= :today::timestamptz) today, count(*) week
                            from receipt r
                            where r.channel = channel.channel and received_at >= :monday::timestamptz and direction = :inbound
                                and route <> :backlog) c
                        where week > 0
                        """)
                .param(
                        "channels",
                        Arrays.stream(Channel.values())
                                // Nobody gets in touch by being in a list.
                                .filter(channel -> channel != Channel.PUBLIC_REGISTER)
                                .map(Channel::code)
                                .toArray(String[]::new))
                .param("today", startOf(today))
                .param("monday", startOf(monday))
                .param("inbound", Direction.INBOUND.code())
                .param("backlog", Receipt.BACKLOG_ROUTE)
                .query((row, number) -> new Count(
                        Channel.of(row.getString("channel")).orElseThrow(), row.getLong("today"), row.getLong("week")))
                .list();
        return new Received(
                counts.stream()
                        .sorted(Comparator.comparingLong(Count::week).reversed().thenComparing(Count::channel))
                        .toList(),
                today,
                monday);
    }

    private static String startOf(LocalDate day) {
        return day.atStartOfDay(UkTime.ZONE).toInstant().toString();
    }
}
