package org.postbag.reports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.figures.Period;
import org.postbag.receiving.Channel;
import org.postbag.reports.DayFigures.What;
import org.postbag.retention.Category;
import org.postbag.staff.StaffTexts;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much came in. What the law has erased since counts by channel, week and category still; of its topic and place nothing is left. */
@Component
@Order(1)
class VolumesReport implements Report {

    private static final String ERASED = """
            select channel, category, date_trunc('week', received_on)::date as monday, sum(enquiries) as number
            from erased_count where received_on >= :first::date and received_on <= :last::date and category <> 'quarantine' group by 1, 2, 3 order by 3
            """;

    private static final Set<String> KINDS = Set.of("people", "spam", "automatic", "not-an-enquiry");

    private final JdbcClient jdbc;
    private final DayFigures figures;
    private final StaffTexts texts;

    VolumesReport(JdbcClient jdbc, DayFigures figures, StaffTexts texts) {
        this.jdbc = jdbc;
        this.figures = figures;
        this.texts = texts;
    }

    @Override
    public String code() {
        return "volumes";
    }

    private static final class Counts {
        private final Weekly weeks;
        private final Map<What, Map<String, Long>> groups = new LinkedHashMap<>();

        Counts(Period period, StaffTexts texts) {
            weeks = new Weekly(period, texts);
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
        var counts = new Counts(period, texts);
        kept(period, counts);
        erased(period, counts);
        return new Counted(at, parts(counts));
    }

    private List<Part> parts(Counts counts) {
        var gone = texts.say("volumes.gone");
        return List.of(
                part(counts.weeks.tally(), "channel", texts.say("report.by-channel"), null, "report.channel"),
                counts.weeks.part("week", texts.say("volumes.week"), texts.say("volumes.week.note")),
                part(counts.of(What.CATEGORY), "category", texts.say("volumes.by-category"), null, "volumes.category"),
                part(counts.of(What.KIND), "kind", texts.say("volumes.by-kind"), gone, "volumes.kind"),
                part(counts.of(What.TOPIC), "topic", texts.say("volumes.by-topic"), gone, "volumes.topic"),
                part(
                        counts.of(What.AUTHORITY),
                        "authority",
                        texts.say("volumes.by-authority"),
                        texts.say("volumes.by-authority.note") + " " + gone,
                        "volumes.authority"));
    }

    private Part part(Tally tally, String code, String heading, @Nullable String note, String what) {
        return tally.part(code, heading, note, texts.say(what), texts);
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
                case TOPIC -> value.isEmpty() ? texts.say("volumes.no-topic") : value;
                case AUTHORITY -> authorities.getOrDefault(value, texts.say("volumes.not-known"));
                default -> KINDS.contains(value) ? texts.say("volumes.kind." + value) : value;
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

    private String channel(String code) {
        return Channel.of(code).map(texts::label).orElse(code);
    }

    private String category(String code) {
        return Category.of(code).map(texts::label).orElse(code);
    }
}
