package org.postbag.reports;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postbag.figures.Period;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What came in, counted day by day in the UK, added up for a period. {@link DayCounting} counts each day again soon after something of it changed. */
@Component
class DayFigures {

    /** What is counted of each day: the rows of {@code day_figure}. */
    enum What {
        /** Enquiries that came in, and are in the record still, by channel; the following likewise. */
        CHANNEL("channel"),
        CATEGORY("category"),
        TOPIC("topic"),
        /** By the code of the local authority. */
        AUTHORITY("authority"),
        KIND("kind"),
        /** By what they found their contact. */
        RESOLVED("resolved"),
        /** Those that were answered by channel and time to answer. */
        ANSWERED("answered"),
        /** Items that were taken in, filed or not, by channel. */
        TAKEN_IN("taken-in");

        private final String code;

        What(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        static String[] codes(What... some) {
            return Arrays.stream(some).map(What::code).toArray(String[]::new);
        }

        static What of(String code) {
            return Arrays.stream(values())
                    .filter(what -> what.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** @param value empty where what is counted has none, such as no topic */
    record Count(What what, String value, long number) {}

    /** @param monday of the week, which the period may hold in part only */
    record WeekCount(String value, LocalDate monday, int minutes, long number) {}

    private static final String IN_PERIOD = """
            from day_figure where what = any(:what::text[]) and day >= :from::date and day <= :to::date group by\s""";

    private final JdbcClient jdbc;
    private final Clock clock;

    DayFigures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Count> of(Period period, What... some) {
        return jdbc.sql("select what, value, sum(number) as number " + IN_PERIOD + "what, value")
                .param("what", What.codes(some))
                .param("from", period.from().toString())
                .param("to", period.to().toString())
                .query((row, n) ->
                        new Count(What.of(row.getString("what")), row.getString("value"), row.getLong("number")))
                .list();
    }

    /** The earliest week first. */
    List<WeekCount> weeks(Period period, What what) {
        return jdbc.sql("select value, date_trunc('week', day)::date as monday, minutes, sum(number) as number "
                        + IN_PERIOD + "value, monday, minutes order by monday, value, minutes")
                .param("what", What.codes(what))
                .param("from", period.from().toString())
                .param("to", period.to().toString())
                .query((row, n) -> new WeekCount(
                        row.getString("value"),
                        row.getDate("monday").toLocalDate(),
                        row.getInt("minutes"),
                        row.getLong("number")))
                .list();
    }

    /** As of when the figures of a period are: now, or since when a day of it is to be counted again. */
    Instant asOf(Period period) {
        return jdbc.sql("select min(since) from day_work where day >= :from::date and day <= :to::date")
                .param("from", period.from().toString())
                .param("to", period.to().toString())
                .query((row, n) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)
                        .orElseGet(clock::instant))
                .single();
    }
}
