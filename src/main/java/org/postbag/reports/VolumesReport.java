package org.postbag.reports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.figures.Period;
import org.postbag.receiving.Channel;
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

    /** All groups in one look at the enquiries of the period. Where they come from follows as in the search: what staff set, else the first postcode. */
    private static final String KEPT = """
            select g.*, a.name as authority_name from (
                select channel, monday, category, topic, authority, kind, grouping(channel, category, topic, authority, kind) as of, count(*) as number
                from (
                    select e.channel, date_trunc('week', e.received_at at time zone 'Europe/London')::date as monday, s.category,
                        coalesce(e.topic, '') as topic, coalesce(l.authority, lives.authority, '') as authority,
                        case when w.not_enquiry is not null then 'Not an enquiry, staff found' when e.automatic is null then 'Written by people'
                            when e.automatic = 'probably-spam' then 'Probably spam' else 'Automatic' end as kind
                    from enquiry e
                    join contact c on c.id = e.contact_id
                    join contact s on s.id = coalesce(c.merged_into, c.id)
                    left join enquiry_work w on w.enquiry_id = e.id
                    left join enquiry_location l on l.enquiry_id = e.id
                    left join (
                        select first.enquiry_id, case when count(*) = 1 then min(p.authority) end as authority
                        from (
                            select distinct on (enquiry_id) enquiry_id,
                                regexp_replace(upper(regexp_replace(value, '\\s', '', 'g')), '(...)$', ' \\1') as postcode
                            from claim where kind = 'postcode' and state <> 'dismissed' order by enquiry_id, id) first
                        join postcode_authority p on p.postcode = first.postcode
                        group by first.enquiry_id) lives on lives.enquiry_id = e.id
                    where e.direction = 'inbound' and e.received_at >= :from::timestamptz and e.received_at < :until::timestamptz) came
                group by grouping sets ((channel, monday), (category), (topic), (authority), (kind))) g
            left join local_authority a on a.code = g.authority
            order by g.of, g.monday, g.number desc
            """;

    private static final String ERASED = """
            select channel, category, date_trunc('week', received_on)::date as monday, sum(enquiries) as number
            from erased_count where received_on >= :first::date and received_on <= :last::date and category <> 'quarantine' group by 1, 2, 3 order by 3
            """;

    private final JdbcClient jdbc;

    VolumesReport(JdbcClient jdbc) {
        this.jdbc = jdbc;
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

    /** By what a line of {@link #KEPT} is grouped. */
    private enum Group {
        CHANNEL,
        CATEGORY,
        TOPIC,
        AUTHORITY,
        KIND;

        /** The bit of SQL's {@code grouping} that is 0 where it is grouped by this. */
        static Group of(int grouping) {
            return values()[values().length - 1 - Integer.numberOfTrailingZeros(~grouping)];
        }
    }

    private static final class Counts {
        private final Weekly weeks;
        private final Map<Group, Map<String, Long>> groups = new LinkedHashMap<>();

        Counts(Period period) {
            weeks = new Weekly(period);
        }

        void add(Group group, String label, long count) {
            groups.computeIfAbsent(group, _ -> new LinkedHashMap<>()).merge(label, count, Long::sum);
        }

        Tally of(Group group) {
            var lines = new ArrayList<Tally.Line>();
            groups.getOrDefault(group, Map.of()).forEach((label, count) -> lines.add(new Tally.Line(label, count)));
            return new Tally(lines);
        }
    }

    @Override
    public List<Part> parts(Period period) {
        var counts = new Counts(period);
        kept(period, counts);
        erased(period, counts);
        return List.of(
                counts.weeks.tally().part("channel", "By channel", null, "Channel"),
                counts.weeks.part(
                        "week", "By week and channel", "The first and the last week may be there in part only."),
                counts.of(Group.CATEGORY).part("category", "By category", null, "Category"),
                counts.of(Group.KIND).part("kind", "By what it was", GONE, "Kind"),
                counts.of(Group.TOPIC).part("topic", "By topic", GONE, "Topic"),
                counts.of(Group.AUTHORITY)
                        .part(
                                "authority",
                                "By local authority",
                                "By the postcode that people gave, or as staff set it. " + GONE,
                                "Local authority"));
    }

    private void kept(Period period, Counts counts) {
        jdbc.sql(KEPT)
                .param("from", period.start().toString())
                .param("until", period.end().toString())
                .query(row -> {
                    kept(row, counts);
                });
    }

    private static void kept(ResultSet row, Counts counts) throws SQLException {
        var group = Group.of(row.getInt("of"));
        long number = row.getLong("number");
        switch (group) {
            case CHANNEL -> counts.weeks.add(channel(row), row.getDate("monday").toLocalDate(), number);
            case CATEGORY -> counts.add(group, category(row), number);
            case TOPIC -> counts.add(group, orElse(row.getString("topic"), "No topic"), number);
            case AUTHORITY -> counts.add(group, orElse(row.getString("authority_name"), "Not known"), number);
            case KIND -> counts.add(group, row.getString("kind"), number);
        }
    }

    private void erased(Period period, Counts counts) {
        jdbc.sql(ERASED)
                .param("first", period.from().toString())
                .param("last", period.to().toString())
                .query(row -> {
                    long number = row.getLong("number");
                    counts.weeks.add(channel(row), row.getDate("monday").toLocalDate(), number);
                    counts.add(Group.CATEGORY, category(row), number);
                });
    }

    private static String channel(ResultSet row) throws SQLException {
        var code = row.getString("channel");
        return Channel.of(code).map(Channel::label).orElse(code);
    }

    private static String category(ResultSet row) throws SQLException {
        var code = row.getString("category");
        return Category.of(code).map(Category::label).orElse(code);
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
