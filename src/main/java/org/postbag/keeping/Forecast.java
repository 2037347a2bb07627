package org.postbag.keeping;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many records fall due month by month if nobody writes again: by the clocks and rules as they are now, as {@link DueRecords} reads them. */
@Component
public class Forecast {

    /**
     * Contacts as they are shown, with the last day on which each is kept, and the shortest period that holds for it, by which a thread with a clock of its
     * own goes. A month is added to a day as {@link org.postbag.retention.RetentionRule#keptUntil} does: PostgreSQL keeps to the shorter month too.
     */
    private static final String SHOWN = """
            with shown as (
                select c.id, c.per_thread, min(r.period_months) as months, min((
                    (case r.counts_from when 'last-contact' then coalesce(c.last_contact_at, greatest(c.created_at, c.last_seen_at))
                        else greatest(coalesce(c.last_contact_at, c.created_at), c.last_seen_at) end at time zone 'Europe/London')::date
                        + make_interval(months => r.period_months))::date) as until
                from %s
                join retention_rule r on r.category = c.category or r.category = any(c.categories)
                group by c.id, c.per_thread),
            kept as (
                select s.id as contact_id, s.per_thread, least(
                    case when s.per_thread
                        then ((coalesce(t.last_contact_at, t.started_at) at time zone 'Europe/London')::date + make_interval(months => s.months))::date
                        else s.until end,
                    ((w.not_enquiry_at at time zone 'Europe/London')::date + make_interval(months => n.period_months))::date) as until
                from shown s
                join contact o on coalesce(o.merged_into, o.id) = s.id
                join enquiry e on e.contact_id = o.id
                join thread t on t.id = e.thread_id
                left join enquiry_work w on w.enquiry_id = e.id and w.not_enquiry_at is not null
                join retention_rule n on n.category = 'not-an-enquiry')
            """.formatted(DueRecords.CONTACTS);

    /** Where each thread has its own clock, a contact goes once no enquiry is left. */
    private static final String BY_MONTH = """
             select false as contacts, date_trunc('month', until + 1)::date as month, count(*) as number from kept group by 2
            union all
            select true, date_trunc('month', greatest(s.until, l.until) + 1)::date, count(*)
            from shown s
            left join (select contact_id, max(until) as until from kept where per_thread group by contact_id) l on l.contact_id = s.id
            group by 2
            """;

    private final JdbcClient jdbc;

    Forecast(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What falls due in a month; the first month holds what is past its date already too. */
    public record Month(YearMonth month, long enquiries, long contacts) {}

    /** From the month of {@code today} on, {@code months} of them; what comes later is in none. */
    public List<Month> months(LocalDate today, int months) {
        var enquiries = new HashMap<YearMonth, Long>();
        var contacts = new HashMap<YearMonth, Long>();
        jdbc.sql(SHOWN + BY_MONTH).query(row -> {
            (row.getBoolean("contacts") ? contacts : enquiries)
                    .put(YearMonth.from(row.getDate("month").toLocalDate()), row.getLong("number"));
        });
        var first = YearMonth.from(today);
        var all = new ArrayList<Month>();
        for (int i = 0; i < months; i++) {
            var month = first.plusMonths(i);
            all.add(new Month(month, in(enquiries, month, i == 0), in(contacts, month, i == 0)));
        }
        return all;
    }

    private static long in(Map<YearMonth, Long> counts, YearMonth month, boolean orBefore) {
        return counts.entrySet().stream()
                .filter(one ->
                        one.getKey().equals(month) || orBefore && one.getKey().isBefore(month))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
