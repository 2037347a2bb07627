package org.postbag.reports;

import java.time.Clock;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.postbag.figures.Cell;
import org.postbag.figures.ColumnChart;
import org.postbag.figures.Period;
import org.postbag.figures.Table;
import org.postbag.keeping.Forecast;
import org.postbag.retention.RetentionRule;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** How many records fall due in the coming years, month by month. */
@Component
@Order(5)
class RetentionReport implements Report {

    /** The longest period of the first rule table and a year more. */
    private static final int MONTHS = 96;

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM yyyy", Locale.UK);

    private final Forecast forecast;
    private final Clock clock;

    RetentionReport(Forecast forecast, Clock clock) {
        this.forecast = forecast;
        this.clock = clock;
    }

    @Override
    public String code() {
        return "retention";
    }

    @Override
    public String title() {
        return "Retention forecast";
    }

    @Override
    public String lead() {
        return "How many records fall due in the coming years, by today’s rules, if nobody writes again. Whoever does moves theirs to later.";
    }

    @Override
    public boolean looksAhead() {
        return true;
    }

    @Override
    public List<Part> parts(Period period) {
        var months = untilTheLast(forecast.months(RetentionRule.day(clock.instant()), MONTHS));
        var rows = new ArrayList<List<Cell>>();
        for (var month : months) {
            rows.add(List.of(month(month.month()), Cell.count(month.enquiries()), Cell.count(month.contacts())));
        }
        var chart = ColumnChart.of(
                "Records that fall due, by month",
                months.stream().map(month -> MONTH.format(month.month())).toList(),
                months.isEmpty()
                        ? List.of()
                        : List.of(
                                series("Enquiries", months, Forecast.Month::enquiries),
                                series("Contacts", months, Forecast.Month::contacts)));
        return List.of(new Part(
                "month",
                "By the month in which they fall due",
                "What is past its date and not erased yet is in the first month. Enquiries include our answers.",
                chart,
                new Table(
                        List.of("Month", "Enquiries", "Contacts"),
                        rows,
                        List.of(
                                Cell.text("All"),
                                Cell.count(sum(months, Forecast.Month::enquiries)),
                                Cell.count(sum(months, Forecast.Month::contacts))))));
    }

    /** Empty months at the end say nothing. */
    private static List<Forecast.Month> untilTheLast(List<Forecast.Month> months) {
        int last = months.size();
        while (last > 0
                && months.get(last - 1).enquiries() + months.get(last - 1).contacts() == 0) {
            last--;
        }
        return months.subList(0, last);
    }

    private static ColumnChart.Series series(
            String label, List<Forecast.Month> months, ToLongFunction<Forecast.Month> count) {
        return ColumnChart.Series.ofCounts(
                label,
                label,
                Cell.count(sum(months, count)).shown() + " in all",
                months.stream().mapToLong(count).boxed().toList());
    }

    private static long sum(List<Forecast.Month> months, ToLongFunction<Forecast.Month> count) {
        return months.stream().mapToLong(count).sum();
    }

    private static Cell month(YearMonth month) {
        return new Cell(MONTH.format(month), month.toString(), false);
    }
}
