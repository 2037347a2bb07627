package org.postbag.reports;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.MatchEvidence;
import org.postbag.contacts.Matches.Verdict;
import org.postbag.figures.BarChart;
import org.postbag.figures.Cell;
import org.postbag.figures.Period;
import org.postbag.figures.Table;
import org.postbag.reports.DayFigures.What;
import org.postbag.staff.StaffTexts;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How items found their contact, what staff said of pairs, and how many contacts were joined. */
@Component
@Order(3)
class MatchingReport implements Report {

    private final MatchEvidence evidence;
    private final DayFigures figures;
    private final JdbcClient jdbc;
    private final StaffTexts texts;

    MatchingReport(MatchEvidence evidence, DayFigures figures, JdbcClient jdbc, StaffTexts texts) {
        this.evidence = evidence;
        this.figures = figures;
        this.jdbc = jdbc;
        this.texts = texts;
    }

    @Override
    public String code() {
        return "matching";
    }

    @Override
    public Counted counted(Period period) {
        var at = figures.asOf(period);
        return new Counted(at, List.of(verdicts(period), merges(period), resolved(period)));
    }

    /** What staff said of a kind of pairs. */
    private record Said(String label, long same, long notSame, long notSure) {

        @Nullable
        Double share() {
            return same + notSame == 0 ? null : (double) same / (same + notSame);
        }

        List<Cell> cells() {
            return List.of(
                    Cell.text(label), Cell.count(same), Cell.count(notSame), Cell.count(notSure), Cell.share(share()));
        }
    }

    private Part verdicts(Period period) {
        var counts = evidence.said(period.start(), period.end()).counts();
        var lines = new ArrayList<Said>();
        for (boolean sure : List.of(true, false)) {
            lines.add(new Said(
                    texts.say(sure ? "matching.sure" : "matching.asked"),
                    pairs(counts, sure, Verdict.SAME),
                    pairs(counts, sure, Verdict.NOT_SAME),
                    pairs(counts, sure, Verdict.NOT_SURE)));
        }
        lines.removeIf(line -> line.same() + line.notSame() + line.notSure() == 0);
        return new Part(
                "verdicts",
                texts.say("matching.verdicts"),
                texts.say("matching.verdicts.note"),
                BarChart.of(
                        texts.say("matching.verdicts.chart"),
                        lines.stream()
                                .filter(line -> line.share() != null)
                                .map(line -> new BarChart.Item(
                                        line.label(),
                                        line.share(),
                                        texts.say("matching.share", Cell.percent(line.share()))))
                                .toList(),
                        texts),
                new Table(
                        List.of(
                                texts.say("matching.pairs"),
                                texts.say("matching.same"),
                                texts.say("matching.not-same"),
                                texts.say("matching.not-sure"),
                                texts.say("matching.one-person")),
                        lines.stream().map(Said::cells).toList()));
    }

    private static long pairs(List<MatchEvidence.Count> counts, boolean sure, Verdict verdict) {
        return counts.stream()
                .filter(count -> count.sure() == sure && count.verdict() == verdict)
                .mapToLong(MatchEvidence.Count::pairs)
                .sum();
    }

    private Part merges(Period period) {
        var weeks = new Weekly(period, texts);
        jdbc.sql("""
                        select what, date_trunc('week', at at time zone 'Europe/London')::date as monday, count(*) as number
                        from (
                            select case when merged_by like 'staff:%' then 'by-staff' else 'by-lists' end as what, merged_at as at
                            from merge
                            union all select 'taken-apart', undone_at from merge where undone_at is not null
                            union all select 'split', moved_at from move where makes) done
                        where at >= :from::timestamptz and at < :until::timestamptz group by 1, 2 order by 1, 2
                        """)
                .param("from", period.start().toString())
                .param("until", period.end().toString())
                .query(row -> {
                    weeks.add(
                            texts.say("matching.merges." + row.getString("what")),
                            row.getDate("monday").toLocalDate(),
                            row.getLong("number"));
                });
        return weeks.part("merges", texts.say("matching.merges"), null);
    }

    private Part resolved(Period period) {
        return new Tally(figures.of(period, What.RESOLVED).stream()
                        .map(count -> new Tally.Line(count.value(), count.number()))
                        .toList())
                .part("resolved", texts.say("matching.resolved"), null, texts.say("matching.resolved.by"), texts);
    }
}
