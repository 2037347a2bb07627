package org.postbag.keeping;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.postbag.enquiries.EnquiryErasing;
import org.postbag.retention.RetentionRule;
import org.postbag.retention.RetentionRule.CountsFrom;
import org.postbag.retention.RuleTable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is past its date, by the clocks as {@link RetentionRule#countedFrom} tells them. It is looked at again under lock before it goes. Clocks have no
 * index, which every filed item would have to move: the night has time to read them all.
 */
@Component
class DueRecords {

    private static final String PER_THREAD = "(c.kind = 'organisation' or c.shared_mailbox)";
    private static final String THREAD_CLOCK = "coalesce(t.last_contact_at, t.started_at)";

    private final JdbcClient jdbc;
    private final RuleTable rules;
    private final EnquiryErasing enquiries;

    DueRecords(JdbcClient jdbc, RuleTable rules, EnquiryErasing enquiries) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.enquiries = enquiries;
    }

    private static String contactDue(RetentionRule rule) {
        var clock = rule.countsFrom() == CountsFrom.LAST_CONTACT
                ? "coalesce(c.last_contact_at, greatest(c.created_at, c.last_seen_at))"
                : "greatest(coalesce(c.last_contact_at, c.created_at), c.last_seen_at)";
        return """
                 c.category = :category and c.erased_at is null and c.merged_into is null
                    and %s < :before::timestamptz
                """.formatted(clock);
    }

    List<RetentionRule> rules() {
        return List.copyOf(rules.current().rules().values());
    }

    /** Contacts past their date, with an id above {@code after}; those with a clock per thread only once no enquiry is left. */
    List<Long> contacts(RetentionRule rule, LocalDate today, long after, int limit) {
        return jdbc.sql(
                        "select c.id from contact c where" + contactDue(rule) + " and c.id > :after and (not "
                                + PER_THREAD
                                + " or not exists (select from enquiry e where e.contact_id = c.id)) order by c.id limit :limit")
                .param("category", rule.category().code())
                .param("before", rule.dueBefore(today).toString())
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    record Thread(long id, long contactId) {}

    List<Thread> threads(RetentionRule rule, LocalDate today, long after, int limit) {
        return jdbc.sql("select t.id, t.contact_id from thread t join contact c on c.id = t.contact_id where "
                        + PER_THREAD
                        + " and c.category = :category and c.erased_at is null and t.id > :after and " + THREAD_CLOCK
                        + " < :before::timestamptz order by t.id limit :limit")
                .param("category", rule.category().code())
                .param("before", rule.dueBefore(today).toString())
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> new Thread(row.getLong("id"), row.getLong("contact_id")))
                .list();
    }

    /** Those of the threads that are past their date still, in order of id. */
    List<Long> stillDue(List<Long> threadIds, RetentionRule rule, LocalDate today) {
        return jdbc.sql("select t.id from thread t where t.id = any(:ids::bigint[]) and " + THREAD_CLOCK
                        + " < :before::timestamptz order by t.id")
                .param("ids", threadIds.toArray(Long[]::new))
                .param("before", rule.dueBefore(today).toString())
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** What is due on a day, one line for each kind of record, category and channel. */
    List<Keeping.Due> all(LocalDate today) {
        var all = new ArrayList<Keeping.Due>();
        for (var rule : rules()) {
            all.addAll(lines(
                    "contacts",
                    rule,
                    today,
                    "select '-' as channel, " + """
                    count(*) as number, min(coalesce(c.last_contact_at, c.created_at)) as oldest from contact c where
                    """ + contactDue(rule)
                            + " and not exists (select from enquiry e join thread t on t.id = e.thread_id"
                            + " where e.contact_id = c.id and " + PER_THREAD + " and " + THREAD_CLOCK
                            + " >= :before::timestamptz) having count(*) > 0"));
            all.addAll(lines(
                    "enquiries",
                    rule,
                    today,
                    """
                    select channel, count(*) as number, min(received_at) as oldest from (
                        select e.channel, e.received_at from contact c join enquiry e on e.contact_id = c.id where not
                    """ + PER_THREAD + " and" + contactDue(rule) + """
                         union all
                        select e.channel, e.received_at from thread t join contact c on c.id = t.contact_id
                        join enquiry e on e.thread_id = t.id where
                    """ + PER_THREAD
                            + " and c.category = :category and c.erased_at is null and " + THREAD_CLOCK
                            + " < :before::timestamptz) as due group by channel"));
        }
        enquiries
                .dueUnfiled(today)
                .forEach(unfiled -> all.add(new Keeping.Due(
                        "quarantine", "-", unfiled.channel(), unfiled.count(), RetentionRule.day(unfiled.oldest()))));
        all.sort(Comparator.comparing(Keeping.Due::what)
                .thenComparing(Keeping.Due::category)
                .thenComparing(Keeping.Due::channel));
        return List.copyOf(all);
    }

    private List<Keeping.Due> lines(String what, RetentionRule rule, LocalDate today, String sql) {
        return jdbc.sql(sql)
                .param("category", rule.category().code())
                .param("before", rule.dueBefore(today).toString())
                .query((row, n) -> new Keeping.Due(
                        what,
                        rule.category().code(),
                        row.getString("channel"),
                        row.getLong("number"),
                        RetentionRule.day(
                                row.getObject("oldest", OffsetDateTime.class).toInstant())))
                .list();
    }
}
