package org.postbag.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postbag.figures.BarChart;
import org.postbag.figures.Cell;
import org.postbag.figures.Period;
import org.postbag.figures.Table;
import org.postbag.receiving.Channel;
import org.postbag.staff.Wording;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much of what came in could not be filed at first, and why. The trail tells, since an item leaves quarantine when it is filed. */
@Component
@Order(4)
class QuarantineReport implements Report {

    private static final String EVER = """
            select r.channel, date_trunc('week', r.received_at at time zone 'Europe/London')::date as monday, count(*) as received,
                count(q.subject_id) as quarantined, count(*) filter (where r.state = 'quarantined') as there
            from receipt r
            left join (select distinct subject_id from audit_event
                where action = 'QUARANTINED' and subject_kind = 'receipt' and at >= :from::timestamptz) q on q.subject_id = r.id
            where r.direction = 'inbound' and r.received_at >= :from::timestamptz and r.received_at < :until::timestamptz
            group by 1, 2 order by 1, 2
            """;

    private static final String REASONS = """
            select coalesce(detail, '') as reason, count(distinct subject_id) as number from audit_event
            where action = 'QUARANTINED' and subject_kind = 'receipt' and at >= :from::timestamptz and at < :until::timestamptz group by 1
            """;

    private final JdbcClient jdbc;
    private final Wording wording;

    QuarantineReport(JdbcClient jdbc, Wording wording) {
        this.jdbc = jdbc;
        this.wording = wording;
    }

    @Override
    public String code() {
        return "quarantine";
    }

    @Override
    public String title() {
        return "Quarantine";
    }

    @Override
    public String lead() {
        return "How much of what was taken in could not be filed at first, and why. A backlog counts on the day on which it was imported.";
    }

    private static final class Counts {
        private long received;
        private long quarantined;
        private long there;

        double share() {
            return (double) quarantined / received;
        }
    }

    @Override
    public List<Part> parts(Period period) {
        var weeks = new Weekly(period);
        var channels = new LinkedHashMap<String, Counts>();
        jdbc.sql(EVER)
                .param("from", period.start().toString())
                .param("until", period.end().toString())
                .query(row -> {
                    var code = row.getString("channel");
                    var label = Channel.of(code).map(Channel::label).orElse(code);
                    var counts = channels.computeIfAbsent(label, _ -> new Counts());
                    counts.received += row.getLong("received");
                    counts.quarantined += row.getLong("quarantined");
                    counts.there += row.getLong("there");
                    if (row.getLong("quarantined") > 0) {
                        weeks.add(label, row.getDate("monday").toLocalDate(), row.getLong("quarantined"));
                    }
                });
        return List.of(
                rates(channels),
                weeks.part("week", "Sent to quarantine, by the week in which it came", null),
                reasons(period));
    }

    private static Part rates(Map<String, Counts> channels) {
        var rows = new ArrayList<List<Cell>>();
        var bars = new ArrayList<BarChart.Item>();
        channels.forEach((label, counts) -> {
            rows.add(List.of(
                    Cell.text(label),
                    Cell.count(counts.received),
                    Cell.count(counts.quarantined),
                    Cell.share(counts.share()),
                    Cell.count(counts.there)));
            bars.add(new BarChart.Item(
                    label,
                    counts.share(),
                    "%s (%s)"
                            .formatted(
                                    Cell.percent(counts.share()),
                                    Cell.count(counts.quarantined).shown())));
        });
        return new Part(
                "channel",
                "By channel",
                null,
                BarChart.of("Share of what was taken in that went to quarantine, by channel", bars),
                new Table(List.of("Channel", "Taken in", "To quarantine", "Share", "There now"), rows));
    }

    private Part reasons(Period period) {
        return new Tally(jdbc.sql(REASONS)
                        .param("from", period.start().toString())
                        .param("until", period.end().toString())
                        .query((row, n) -> new Tally.Line(wording.of(row.getString("reason")), row.getLong("number")))
                        .list())
                .part("reason", "By reason, in this period", null, "Reason");
    }
}
