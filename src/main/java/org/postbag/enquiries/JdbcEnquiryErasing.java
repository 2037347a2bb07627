package org.postbag.enquiries;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.receiving.Channel;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.ReceiptId;
import org.postbag.retention.Category;
import org.postbag.retention.RetentionRule;
import org.postbag.retention.RuleTable;
import org.postbag.work.IndexWork;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class JdbcEnquiryErasing implements EnquiryErasing {

    private final JdbcClient jdbc;
    private final RuleTable rules;
    private final RawStore raw;
    private final AuditTrail audit;
    private final IndexWork work;
    private final TransactionTemplate transaction;
    private final Clock clock;

    JdbcEnquiryErasing(
            JdbcClient jdbc,
            RuleTable rules,
            @Lazy RawStore raw,
            AuditTrail audit,
            IndexWork work,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.raw = raw;
        this.audit = audit;
        this.work = work;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public List<Long> ofContact(long contactId, int limit) {
        return jdbc.sql(
                        "select id from enquiry where contact_id in (select id from family_of(:contact)) order by received_at limit :limit")
                .param("contact", contactId)
                .param("limit", limit)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    @Override
    public List<Long> ofThreads(Collection<Long> threadIds, int limit) {
        return jdbc.sql(
                        "select id from enquiry where thread_id = any(:threads::bigint[]) order by received_at limit :limit")
                .param("threads", threadIds.toArray(Long[]::new))
                .param("limit", limit)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    @Override
    public List<Long> contactsOfNoEnquiries(LocalDate today, long after, int limit) {
        return jdbc.sql("""
                        select distinct coalesce(c.merged_into, c.id) as shown
                        from enquiry_work w join enquiry e on e.id = w.enquiry_id join contact c on c.id = e.contact_id
                        where w.not_enquiry_at < :before::timestamptz and coalesce(c.merged_into, c.id) > :after
                        order by shown limit :limit
                        """)
                .param("before", noEnquiriesBefore(today))
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> row.getLong("shown"))
                .list();
    }

    @Override
    public List<Long> noEnquiries(long contactId, LocalDate today, int limit) {
        return jdbc.sql("""
                        select e.id from enquiry e join enquiry_work w on w.enquiry_id = e.id and w.not_enquiry_at < :before::timestamptz
                        where e.contact_id in (select id from family_of(:contact))
                        order by e.received_at, e.id limit :limit for update of e
                        """)
                .param("before", noEnquiriesBefore(today))
                .param("contact", contactId)
                .param("limit", limit)
                .query((row, n) -> row.getLong("id"))
                .list();
    }

    private String noEnquiriesBefore(LocalDate today) {
        return rules.current().ofNoEnquiry().dueBefore(today).toString();
    }

    private record Gone(long enquiryId, String receiptId, long threadId) {}

    @Override
    public List<String> erase(Collection<Long> enquiryIds, Category category, LocalDate today, String actor) {
        var ids = enquiryIds.toArray(Long[]::new);
        jdbc.sql("""
                        insert into erased_count (channel, category, received_on, erased_on, enquiries)
                        select channel, :category, (received_at at time zone 'Europe/London')::date as day, :today::date, count(*)
                        from enquiry where id = any(:ids::bigint[]) and direction = 'inbound' group by channel, day order by channel, day
                        on conflict (channel, category, received_on, erased_on)
                            do update set enquiries = erased_count.enquiries + excluded.enquiries
                        """)
                .param("category", category.code())
                .param("today", today.toString())
                .param("ids", ids)
                .update();
        var gone = jdbc.sql("delete from enquiry where id = any(:ids::bigint[]) returning id, receipt_id, thread_id")
                .param("ids", ids)
                .query((row, n) -> new Gone(row.getLong("id"), row.getString("receipt_id"), row.getLong("thread_id")))
                .list();
        jdbc.sql(
                        "delete from thread t where id = any(:ids::bigint[]) and not exists (select from enquiry e where e.thread_id = t.id)")
                .param("ids", gone.stream().map(Gone::threadId).distinct().toArray(Long[]::new))
                .update();
        var receiptIds = gone.stream().map(Gone::receiptId).toList();
        erasedReceipts(receiptIds);
        var subjects =
                gone.stream().map(one -> Subject.enquiry(one.enquiryId())).toList();
        audit.forget(subjects);
        audit.record(subjects.stream()
                .map(subject -> new AuditEvent(actor, Action.ERASED, subject))
                .toList());
        work.add(gone.stream().map(Gone::enquiryId).toList());
        work.addThreads(gone.stream().map(Gone::threadId).distinct().toList());
        return receiptIds;
    }

    /** The state first, with the raw file's removal as work: a crash in between leaves the work. */
    private void erasedReceipts(Collection<String> receiptIds) {
        var ids = receiptIds.stream().sorted().toArray(String[]::new);
        jdbc.sql(
                        "update receipt set state = 'erased', state_at = :now::timestamptz where id = any(:ids::text[]) and state = any(:from::text[])")
                .param("now", clock.instant().toString())
                .param("ids", ids)
                .param("from", ReceiptState.ERASED.reachedFrom())
                .update();
        jdbc.sql("""
                        insert into raw_erasure (receipt_id, channel, since)
                        select id, channel, :now::timestamptz from receipt where id = any(:ids::text[]) order by id on conflict do nothing
                        """).param("now", clock.instant().toString()).param("ids", ids).update();
        jdbc.sql("delete from mend where receipt_id = any(:ids::text[])")
                .param("ids", ids)
                .update();
        audit.forget(receiptIds.stream().map(Subject::receipt).toList());
    }

    /** As {@link JdbcQuarantine#keptUntil} has it, turned around: what was received, or discarded, before these moments is due. */
    private JdbcClient.StatementSpec unfiled(String select, String end, LocalDate today) {
        return jdbc.sql(select + """
                         from receipt r join quarantine q on q.receipt_id = r.id
                        where r.state in ('quarantined', 'discarded')
                            and (r.received_at < :received::timestamptz or q.discarded_at < :discarded::timestamptz)
                        """ + end)
                .param("received", rules.current().ofUnfiled().dueBefore(today).toString())
                .param(
                        "discarded",
                        today.minusDays(Quarantine.DISCARDED_DAYS)
                                .atStartOfDay(RetentionRule.ZONE)
                                .toInstant()
                                .toString());
    }

    @Override
    public List<Unfiled> dueUnfiled(LocalDate today) {
        return unfiled(
                        "select r.channel, count(*) as number, min(r.received_at) as oldest",
                        "group by r.channel order by r.channel",
                        today)
                .query((row, n) -> new Unfiled(
                        row.getString("channel"),
                        row.getLong("number"),
                        row.getObject("oldest", OffsetDateTime.class).toInstant()))
                .list();
    }

    @Override
    public int eraseUnfiled(LocalDate today, int limit, String actor) {
        return Objects.requireNonNull(transaction.<Integer>execute(status -> {
            // The row's lock keeps a replay or an undo out until this ends.
            var due = unfiled("select r.id", "order by r.id limit :limit for update of r", today)
                    .param("limit", limit)
                    .query((row, n) -> row.getString("id"))
                    .list();
            if (due.isEmpty()) {
                return 0;
            }
            jdbc.sql("""
                            insert into erased_count (channel, category, received_on, erased_on, enquiries)
                            select channel, 'quarantine', (received_at at time zone 'Europe/London')::date as day, :today::date, count(*)
                            from receipt where id = any(:ids::text[]) group by channel, day order by channel, day
                            on conflict (channel, category, received_on, erased_on)
                                do update set enquiries = erased_count.enquiries + excluded.enquiries
                            """)
                    .param("today", today.toString())
                    .param("ids", due.toArray(String[]::new))
                    .update();
            eraseUnfiled(due, actor);
            return due.size();
        }));
    }

    @Override
    public void eraseUnfiled(Collection<String> receiptIds, String actor) {
        jdbc.sql("delete from quarantine where receipt_id = any(:ids::text[])")
                .param("ids", receiptIds.toArray(String[]::new))
                .update();
        erasedReceipts(receiptIds);
        audit.record(receiptIds.stream()
                .map(id -> new AuditEvent(actor, Action.ERASED, Subject.receipt(id)))
                .toList());
    }

    @Override
    public void eraseListed(Collection<String> receiptIds) {
        erasedReceipts(receiptIds);
    }

    @Override
    public int eraseRawFiles(int limit) throws IOException {
        record File(ReceiptId id, Channel channel) {}
        var files = jdbc.sql("select receipt_id, channel from raw_erasure order by since limit :limit")
                .param("limit", limit)
                .query((row, n) -> new File(
                        new ReceiptId(row.getString("receipt_id")),
                        Channel.of(row.getString("channel")).orElseThrow()))
                .list();
        var gone = new ArrayList<String>();
        IOException fault = null;
        for (var file : files) {
            try {
                raw.erase(file.id(), file.channel());
                gone.add(file.id().hex());
            } catch (IOException stays) {
                // One that does not go keeps no other here.
                fault = stays;
            }
        }
        jdbc.sql("delete from raw_erasure where receipt_id = any(:ids::text[])")
                .param("ids", gone.toArray(String[]::new))
                .update();
        if (fault != null) {
            throw fault;
        }
        return files.size();
    }
}
