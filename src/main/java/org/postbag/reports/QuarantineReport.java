package org.postbag.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postbag.figures.BarChart;
import org.postbag.figures.Cell;
import org.postbag.figures.Period;
import org.postbag.figures.Table;
import org.postbag.receiving.Channel;
import org.postbag.reports.DayFigures.What;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.Wording;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much of what came in could not be filed at first, and why. The trail tells, since an item leaves quarantine when it is filed. */
@Component
@Order(4)
class QuarantineReport implements Report {

    /** Of the few that ever were there. */
    private static final String EVER = """
            select r.channel, date_trunc('week', r.received_at at time zone 'Europe/London')::date as monday, count(*) as quarantined,
                count(*) filter (where r.state = 'quarantined') as there
            from (
                select distinct subject_id from audit_event where action = 'QUARANTINED' and subject_kind = 'receipt' and at >= :from::timestamptz
                union select id from receipt where state = 'quarantined') q
            join receipt r on r.id = q.subject_id
            where r.direction = 'inbound' and r.received_at >= :from::timestamptz and r.received_at < :until::timestamptz
            group by 1, 2 order by 1, 2
            """;

    private static final String REASONS = """
            select coalesce(detail, '') as reason, count(distinct subject_id) as number from audit_event
            where action = 'QUARANTINED' and subject_kind = 'receipt' and at >= :from::timestamptz and at < :until::timestamptz group by 1
            """;

    private final JdbcClient jdbc;
    private final DayFigures figures;
    private final Wording wording;
    private final StaffTexts texts;

    QuarantineReport(JdbcClient jdbc, DayFigures figures, Wording wording, StaffTexts texts) {
        this.jdbc = jdbc;
        this.figures = figures;
        this.wording = wording;
        this.texts = texts;
    }

    @Override
    public String code() {
        return "quarantine";
    }

    private static final class Counts {
        private long received;
        private long quarantined;
        private long there;

        double share() {
            // What came a moment ago may not be counted among what was received yet.
            return (double) quarantined / Math.max(received, quarantined);
        }
    }

    @Override
    public Counted counted(Period period) {
        var at = figures.asOf(period);
        var weeks = new Weekly(period, texts);
        var channels = new TreeMap<String, Counts>();
        for (var taken : figures.weeks(period, What.TAKEN_IN)) {
            of(channels, taken.value()).received += taken.number();
        }
        jdbc.sql(EVER)
                .param("from", period.start().toString())
                .param("until", period.end().toString())
                .query(row -> {
                    var counts = of(channels, row.getString("channel"));
                    counts.quarantined += row.getLong("quarantined");
                    counts.there += row.getLong("there");
                    weeks.add(
                            label(row.getString("channel")),
                            row.getDate("monday").toLocalDate(),
                            row.getLong("quarantined"));
                });
        return new Counted(
                at,
                List.of(
                        rates(channels),
                        weeks.part("week", texts.say("quarantined-report.week"), null),
                        reasons(period)));
    }

    private Counts of(Map<String, Counts> channels, String code) {
        return channels.computeIfAbsent(label(code), _ -> new Counts());
    }

    private String label(String code) {
        return Channel.of(code).map(texts::label).orElse(code);
    }

    private Part rates(Map<String, Counts> channels) {
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
                texts.say("report.by-channel"),
                null,
                BarChart.of(texts.say("quarantined-report.chart"), bars, texts),
                new Table(
                        List.of(
                                texts.say("report.channel"),
                                texts.say("quarantined-report.taken-in"),
                                texts.say("quarantined-report.to-quarantine"),
                                texts.say("report.share"),
                                texts.say("quarantined-report.there-now")),
                        rows));
    }

    private Part reasons(Period period) {
        return new Tally(jdbc.sql(REASONS)
                        .param("from", period.start().toString())
                        .param("until", period.end().toString())
                        .query((row, n) -> new Tally.Line(wording.of(row.getString("reason")), row.getLong("number")))
                        .list())
                .part("reason", texts.say("quarantined-report.reasons"), null, texts.say("quarantine.reason"), texts);
    }
}
