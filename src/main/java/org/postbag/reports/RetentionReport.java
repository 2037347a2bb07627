package org.postbag.reports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postbag.figures.Cell;
import org.postbag.figures.ColumnChart;
import org.postbag.figures.Period;
import org.postbag.figures.Table;
import org.postbag.keeping.Forecast;
import org.postbag.retention.RetentionRule;
import org.postbag.staff.StaffTexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many records fall due in the coming years, month by month. */
@Component
@Order(5)
class RetentionReport implements Report {

    /** The longest period of the first rule table and a year more. */
    private static final int MONTHS = 96;

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM yyyy", Locale.UK);

    /** Of a record of 1,000,000 counting takes seconds: a hundredth of one connection's time goes there. */
    private static final int RESTS_OF_WORK = 100;

    private static final Duration REST_MIN = Duration.ofSeconds(55);

    private static final Logger LOG = LoggerFactory.getLogger(RetentionReport.class);

    private final Forecast forecast;
    private final Clock clock;
    private final StaffTexts texts;
    private final Pace pace;
    /** As it was counted last, for all that ask. */
    private volatile @Nullable Known last;

    /** @param months up to the last in which anything falls due */
    private record Known(Instant at, List<Forecast.Month> months) {}

    RetentionReport(Forecast forecast, Clock clock, StaffTexts texts) {
        this.forecast = forecast;
        this.clock = clock;
        this.texts = texts;
        this.pace = new Pace(clock, REST_MIN, RESTS_OF_WORK);
    }

    @Scheduled(initialDelayString = "PT20S", fixedDelayString = "PT5S")
    void follow() {
        pace.run(() -> {
            try {
                last = count();
            } catch (DataAccessException away) {
                LOG.debug("The forecast is counted later: the database is away", away);
            }
        });
    }

    @Override
    public String code() {
        return "retention";
    }

    @Override
    public boolean looksAhead() {
        return true;
    }

    @Override
    public Counted counted(Period period) {
        var known = last;
        var shown = known == null ? count() : known;
        return new Counted(shown.at(), parts(shown.months()));
    }

    private Known count() {
        var at = clock.instant();
        return new Known(at, untilTheLast(forecast.months(RetentionRule.day(at), MONTHS)));
    }

    private List<Part> parts(List<Forecast.Month> months) {
        var rows = new ArrayList<List<Cell>>();
        for (var month : months) {
            rows.add(List.of(month(month.month()), Cell.count(month.enquiries()), Cell.count(month.contacts())));
        }
        var chart = ColumnChart.of(
                texts.say("retention-report.chart"),
                months.stream().map(month -> MONTH.format(month.month())).toList(),
                months.isEmpty()
                        ? List.of()
                        : List.of(
                                series(texts.say("retention-report.enquiries"), months, Forecast.Month::enquiries),
                                series(texts.say("retention-report.contacts"), months, Forecast.Month::contacts)),
                texts);
        return List.of(new Part(
                "month",
                texts.say("retention-report.by-month"),
                texts.say("retention-report.note"),
                chart,
                new Table(
                        List.of(
                                texts.say("retention-report.month"),
                                texts.say("retention-report.enquiries"),
                                texts.say("retention-report.contacts")),
                        rows,
                        List.of(
                                Cell.text(texts.say("figures.all")),
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

    private ColumnChart.Series series(String label, List<Forecast.Month> months, ToLongFunction<Forecast.Month> count) {
        return ColumnChart.Series.ofCounts(
                label,
                label,
                texts.say("report.in-all", Cell.count(sum(months, count)).shown()),
                months.stream().mapToLong(count).boxed().toList());
    }

    private static long sum(List<Forecast.Month> months, ToLongFunction<Forecast.Month> count) {
        return months.stream().mapToLong(count).sum();
    }

    private static Cell month(YearMonth month) {
        return new Cell(MONTH.format(month), month.toString(), false);
    }
}
