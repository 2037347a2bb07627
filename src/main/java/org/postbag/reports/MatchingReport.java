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

    MatchingReport(MatchEvidence evidence, DayFigures figures, JdbcClient jdbc) {
        this.evidence = evidence;
        this.figures = figures;
        this.jdbc = jdbc;
    }

    @Override
    public String code() {
        return "matching";
    }

    @Override
    public String title() {
        return "Matching";
    }

    @Override
    public String lead() {
        return "How what came in found its contact, what staff said of contacts that may be one person, and how many were joined and taken apart again.";
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
                    sure ? "Postbag was sure" : "Postbag asked",
                    pairs(counts, sure, Verdict.SAME),
                    pairs(counts, sure, Verdict.NOT_SAME),
                    pairs(counts, sure, Verdict.NOT_SURE)));
        }
        lines.removeIf(line -> line.same() + line.notSame() + line.notSure() == 0);
        return new Part(
                "verdicts",
                "What staff said of pairs",
                "The share is of those that staff were sure of. Review has it for each band of likelihood, with confidence intervals.",
                BarChart.of(
                        "Share of pairs that staff said are one person",
                        lines.stream()
                                .filter(line -> line.share() != null)
                                .map(line -> new BarChart.Item(
                                        line.label(), line.share(), Cell.percent(line.share()) + " one person"))
                                .toList()),
                new Table(
                        List.of("Pairs of which", "Same person", "Not the same", "Not sure", "One person"),
                        lines.stream().map(Said::cells).toList()));
    }

    private static long pairs(List<MatchEvidence.Count> counts, boolean sure, Verdict verdict) {
        return counts.stream()
                .filter(count -> count.sure() == sure && count.verdict() == verdict)
                .mapToLong(MatchEvidence.Count::pairs)
                .sum();
    }

    private Part merges(Period period) {
        var weeks = new Weekly(period);
        jdbc.sql("""
                        select what, date_trunc('week', at at time zone 'Europe/London')::date as monday, count(*) as number
                        from (
                            select case when merged_by like 'staff:%' then 'Joined by staff' else 'Joined by public lists' end as what, merged_at as at
                            from merge
                            union all select 'Taken apart again', undone_at from merge where undone_at is not null
                            union all select 'Split', moved_at from move where makes) done
                        where at >= :from::timestamptz and at < :until::timestamptz group by 1, 2 order by 1, 2
                        """)
                .param("from", period.start().toString())
                .param("until", period.end().toString())
                .query(row -> {
                    weeks.add(row.getString("what"), row.getDate("monday").toLocalDate(), row.getLong("number"));
                });
        return weeks.part("merges", "Contacts joined and taken apart, by week", null);
    }

    private Part resolved(Period period) {
        return new Tally(figures.of(period, What.RESOLVED).stream()
                        .map(count -> new Tally.Line(count.value(), count.number()))
                        .toList())
                .part("resolved", "By what items found their contact", null, "By");
    }
}
