package org.postbag.keeping;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.postbag.enquiries.EnquiryErasing;
import org.postbag.retention.Category;
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

    /**
     * Contacts as they are shown, with the clock of all that are one with them (as the view {@code contact_family} has it, here for all at once) and
     * {@code categories} of those that are merged into them, or null.
     */
    static final String CONTACTS = """
             (select c.id, c.category, m.categories,
                    greatest(c.last_contact_at, m.last_contact_at) as last_contact_at, greatest(c.last_seen_at, m.last_seen_at) as last_seen_at,
                    least(c.created_at, m.created_at) as created_at,
                    c.kind = 'organisation' or c.shared_mailbox or coalesce(m.per_thread, false) as per_thread
                from contact c
                left join (
                    select merged_into, max(last_contact_at) as last_contact_at, max(last_seen_at) as last_seen_at, min(created_at) as created_at,
                        bool_or(kind = 'organisation' or shared_mailbox) as per_thread, array_agg(category) as categories
                    from contact where merged_into is not null group by merged_into) m on m.merged_into = c.id
                where c.merged_into is null and c.erased_at is null) c
            """;

    private static final String PER_THREAD = "c.per_thread";
    private static final String THREAD_CLOCK = "coalesce(t.last_contact_at, t.started_at)";
    private static final String THREADS = " thread t join contact o on o.id = t.contact_id join" + CONTACTS
            + " on c.id = coalesce(o.merged_into, o.id)";

    private final JdbcClient jdbc;
    private final RuleTable rules;
    private final EnquiryErasing enquiries;

    DueRecords(JdbcClient jdbc, RuleTable rules, EnquiryErasing enquiries) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.enquiries = enquiries;
    }

    private static String contactDue(RetentionRule rule, LocalDate today) {
        var clock = rule.countsFrom() == CountsFrom.LAST_CONTACT
                ? "coalesce(c.last_contact_at, greatest(c.created_at, c.last_seen_at))"
                : "greatest(coalesce(c.last_contact_at, c.created_at), c.last_seen_at)";
        return due(rule, clock, today);
    }

    private static String threadDue(RetentionRule rule, LocalDate today) {
        return due(rule, THREAD_CLOCK, today);
    }

    /** A rule holds for all that are one with a contact of its category, so that the one that ends first is the one by which they go. */
    private static String due(RetentionRule rule, String clock, LocalDate today) {
        return "(c.category = '%1$s' or coalesce('%1$s' = any(c.categories), false)) and %2$s < '%3$s'::timestamptz"
                .formatted(rule.category().code(), clock, rule.dueBefore(today));
    }

    List<RetentionRule> rules() {
        var current = rules.current();
        return Category.ofContacts().stream().map(current::of).toList();
    }

    /** Contacts past their date, with an id above {@code after}; those with a clock per thread only once no enquiry is left. */
    List<Long> contacts(RetentionRule rule, LocalDate today, long after, int limit) {
        return jdbc.sql("select c.id from" + CONTACTS + " where " + contactDue(rule, today)
                        + " and c.id > :after and (not "
                        + PER_THREAD + " or not exists (select from contact o join enquiry e on e.contact_id = o.id"
                        + " where o.id = c.id or o.merged_into = c.id)) order by c.id limit :limit")
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** @param contactId the contact under which it is shown */
    record Thread(long id, long contactId) {}

    List<Thread> threads(RetentionRule rule, LocalDate today, long after, int limit) {
        return jdbc.sql("select t.id, c.id as contact_id from" + THREADS + " where " + PER_THREAD + " and "
                        + threadDue(rule, today) + " and t.id > :after order by t.id limit :limit")
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

    /** What is due on a day, one line for each kind of record, category and channel. What is due by several rules counts once. */
    List<Keeping.Due> all(LocalDate today) {
        var all = new ArrayList<Keeping.Due>();
        var notContacts = new StringBuilder();
        var notThreads = new StringBuilder();
        for (var rule : rules()) {
            var contacts = contactDue(rule, today) + notContacts;
            var threads = threadDue(rule, today) + notThreads;
            all.addAll(lines("contacts", rule, dueContacts(contacts, rule, today)));
            all.addAll(lines("enquiries", rule, dueEnquiries(contacts, threads, today)));
            notContacts.append(" and not (").append(contactDue(rule, today)).append(")");
            notThreads.append(" and not (").append(threadDue(rule, today)).append(")");
        }
        var none = rules.current().ofNoEnquiry();
        all.addAll(lines("enquiries", none, dueNoEnquiries(none, today)));
        enquiries
                .dueUnfiled(today)
                .forEach(unfiled -> all.add(new Keeping.Due(
                        "quarantine", "-", unfiled.channel(), unfiled.count(), RetentionRule.day(unfiled.oldest()))));
        all.sort(Comparator.comparing(Keeping.Due::what)
                .thenComparing(Keeping.Due::category)
                .thenComparing(Keeping.Due::channel));
        return List.copyOf(all);
    }

    /** Those with a clock per thread that have no thread which stays. */
    private static String dueContacts(String due, RetentionRule rule, LocalDate today) {
        return "select '-' as channel, count(*) as number, min(coalesce(c.last_contact_at, c.created_at)) as oldest from"
                + CONTACTS + " where " + due + " and not (" + PER_THREAD + " and exists (select from contact o"
                + " join enquiry e on e.contact_id = o.id join thread t on t.id = e.thread_id"
                + " where (o.id = c.id or o.merged_into = c.id) and not (" + threadDue(rule, today)
                + "))) having count(*) > 0";
    }

    private static String dueNoEnquiries(RetentionRule rule, LocalDate today) {
        return "select e.channel, count(*) as number, min(e.received_at) as oldest from enquiry e join enquiry_work w on w.enquiry_id = e.id"
                + " where w.not_enquiry_at < '" + rule.dueBefore(today) + "'::timestamptz group by e.channel";
    }

    private String dueEnquiries(String contacts, String threads, LocalDate today) {
        var once = " and not exists (select from enquiry_work w where w.enquiry_id = e.id and w.not_enquiry_at < '"
                + rules.current().ofNoEnquiry().dueBefore(today) + "'::timestamptz)";
        return "select channel, count(*) as number, min(received_at) as oldest from (select e.channel, e.received_at from"
                + CONTACTS
                + " join contact o on coalesce(o.merged_into, o.id) = c.id join enquiry e on e.contact_id = o.id where not "
                + PER_THREAD + " and " + contacts + once + " union all select e.channel, e.received_at from" + THREADS
                + " join enquiry e on e.thread_id = t.id where " + PER_THREAD + " and " + threads + once
                + ") as due group by channel";
    }

    private List<Keeping.Due> lines(String what, RetentionRule rule, String sql) {
        return jdbc.sql(sql)
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
