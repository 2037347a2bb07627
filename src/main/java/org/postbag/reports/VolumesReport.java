package org.postbag.reports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postbag.figures.Period;
import org.postbag.receiving.Channel;
import org.postbag.reports.DayFigures.What;
import org.postbag.retention.Category;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much came in. What the law has erased since counts by channel, week and category still; of its topic and place nothing is left. */
@Component
@Order(1)
class VolumesReport implements Report {

    private static final String GONE =
            "Without what has been erased since: of that only channel, category and day are kept.";

    private static final String ERASED = """
            select channel, category, date_trunc('week', received_on)::date as monday, sum(enquiries) as number
            from erased_count where received_on >= :first::date and received_on <= :last::date and category <> 'quarantine' group by 1, 2, 3 order by 3
            """;

    private static final Map<String, String> KINDS = Map.of(
            "people", "Written by people",
            "spam", "Probably spam",
            "automatic", "Automatic",
            "not-an-enquiry", "Not an enquiry, staff found");

    private final JdbcClient jdbc;
    private final DayFigures figures;

    VolumesReport(JdbcClient jdbc, DayFigures figures) {
        this.jdbc = jdbc;
        this.figures = figures;
    }

    @Override
    public String code() {
        return "volumes";
    }

    @Override
    public String title() {
        return "Volumes";
    }

    @Override
    public String lead() {
        return "What came in, by the day on which it reached us.";
    }

    private static final class Counts {
        private final Weekly weeks;
        private final Map<What, Map<String, Long>> groups = new LinkedHashMap<>();

        Counts(Period period) {
            weeks = new Weekly(period);
        }

        void add(What group, String label, long count) {
            groups.computeIfAbsent(group, _ -> new LinkedHashMap<>()).merge(label, count, Long::sum);
        }

        Tally of(What group) {
            var lines = new ArrayList<Tally.Line>();
            groups.getOrDefault(group, Map.of()).forEach((label, count) -> lines.add(new Tally.Line(label, count)));
            return new Tally(lines);
        }
    }

    @Override
    public Counted counted(Period period) {
        var at = figures.asOf(period);
        var counts = new Counts(period);
        kept(period, counts);
        erased(period, counts);
        return new Counted(at, parts(counts));
    }

    private static List<Part> parts(Counts counts) {
        return List.of(
                counts.weeks.tally().part("channel", "By channel", null, "Channel"),
                counts.weeks.part(
                        "week", "By week and channel", "The first and the last week may be there in part only."),
                counts.of(What.CATEGORY).part("category", "By category", null, "Category"),
                counts.of(What.KIND).part("kind", "By what it was", GONE, "Kind"),
                counts.of(What.TOPIC).part("topic", "By topic", GONE, "Topic"),
                counts.of(What.AUTHORITY)
                        .part(
                                "authority",
                                "By local authority",
                                "By the postcode that people gave, or as staff set it. " + GONE,
                                "Local authority"));
    }

    private void kept(Period period, Counts counts) {
        for (var week : figures.weeks(period, What.CHANNEL)) {
            counts.weeks.add(channel(week.value()), week.monday(), week.number());
        }
        var authorities = authorities();
        for (var count : figures.of(period, What.CATEGORY, What.TOPIC, What.AUTHORITY, What.KIND)) {
            var value = count.value();
            var label = switch (count.what()) {
                case CATEGORY -> category(value);
                case TOPIC -> value.isEmpty() ? "No topic" : value;
                case AUTHORITY -> authorities.getOrDefault(value, "Not known");
                default -> KINDS.getOrDefault(value, value);
            };
            counts.add(count.what(), label, count.number());
        }
    }

    /** The name by the code. */
    private Map<String, String> authorities() {
        var names = new HashMap<String, String>();
        jdbc.sql("select code, name from local_authority").query(row -> {
            names.put(row.getString("code"), row.getString("name"));
        });
        return names;
    }

    private void erased(Period period, Counts counts) {
        jdbc.sql(ERASED)
                .param("first", period.from().toString())
                .param("last", period.to().toString())
                .query(row -> {
                    long number = row.getLong("number");
                    counts.weeks.add(
                            channel(row.getString("channel")),
                            row.getDate("monday").toLocalDate(),
                            number);
                    counts.add(What.CATEGORY, category(row.getString("category")), number);
                });
    }

    private static String channel(String code) {
        return Channel.of(code).map(Channel::label).orElse(code);
    }

    private static String category(String code) {
        return Category.of(code).map(Category::label).orElse(code);
    }
}
