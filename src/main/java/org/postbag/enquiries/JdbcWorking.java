package org.postbag.enquiries;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.enquiries.Work.Member;
import org.postbag.enquiries.WorkChanging.Applied;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.postbag.work.IndexWork;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Each change locks its enquiries in order of id, reads them, and writes what differs. */
@Component
class JdbcWorking implements Working {

    /** How often a change is made again where it met filing, which locks in another order. */
    private static final int MEETINGS_MAX = 5;

    private final WorkTables tables;
    private final Sight sight;
    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final IndexWork index;
    private final TransactionTemplate transaction;
    private final Clock clock;

    JdbcWorking(
            WorkTables tables,
            Sight sight,
            JdbcClient jdbc,
            AuditTrail audit,
            IndexWork index,
            TransactionTemplate transaction,
            Clock clock) {
        this.tables = tables;
        this.sight = sight;
        this.jdbc = jdbc;
        this.audit = audit;
        this.index = index;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public Optional<Work> of(long enquiryId) {
        return Optional.ofNullable(of(List.of(enquiryId)).get(enquiryId));
    }

    @Override
    public Map<Long, Work> of(Collection<Long> enquiryIds) {
        return tables.read(enquiryIds);
    }

    @Override
    public List<Member> members() {
        return jdbc.sql("select id, name from staff_member where active and roles && :roles::text[] order by name, id")
                .param("roles", new String[] {Role.OFFICER.name(), Role.REVIEWER.name()})
                .query((row, n) -> new Member(row.getLong("id"), row.getString("name")))
                .list();
    }

    @Override
    public Optional<Member> member(StaffMember staff) {
        return jdbc.sql("select id, name from staff_member where 'staff:' || username = ?")
                .param(staff.actor())
                .query((row, n) -> new Member(row.getLong("id"), row.getString("name")))
                .optional();
    }

    @Override
    public Outcome change(long enquiryId, int version, Change change, StaffMember by) {
        return inTransaction(() -> {
            var inbound = tables.lock(List.of(enquiryId)).get(enquiryId);
            var work = tables.read(List.of(enquiryId)).get(enquiryId);
            if (inbound == null || work == null || !sight.mayRead(enquiryId, by)) {
                return new Outcome.Missing();
            }
            var applied = WorkChanging.apply(work, inbound, change, by.actor(), self(change, by), clock.instant());
            if (work.version() != version) {
                return applied instanceof Applied.Same ? new Outcome.Same() : new Outcome.ChangedSince(work);
            }
            return switch (applied) {
                case Applied.Same _ -> new Outcome.Same();
                case Applied.Refused(var why) -> new Outcome.Refused(why);
                case Applied.Changed(var to) -> {
                    long id = write(change.words(), List.of(work), List.of(to), by.actor());
                    yield new Outcome.Done(
                            id,
                            Objects.requireNonNull(
                                    tables.read(List.of(enquiryId)).get(enquiryId)));
                }
            };
        });
    }

    /** Whoever makes something sensitive may read it still. */
    private @Nullable Member self(Change change, StaffMember by) {
        return change instanceof Change.Sensitive ? member(by).orElse(null) : null;
    }

    private long write(String what, List<Work> before, List<Work> after, String actor) {
        var now = clock.instant();
        long id = tables.remember(what, before, actor, now);
        save(before, after, actor, Action.CHANGED);
        return id;
    }

    private void save(List<Work> before, List<Work> after, String actor, Action action) {
        tables.save(after, actor, clock.instant());
        var events = new ArrayList<AuditEvent>();
        for (int i = 0; i < before.size(); i++) {
            events.addAll(WorkChanging.events(actor, action, before.get(i), after.get(i)));
        }
        audit.record(events);
        index.add(before.stream().map(Work::enquiryId).toList());
        var seen = new ArrayList<Long>();
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).sensitive() != after.get(i).sensitive()
                    || !before.get(i).viewers().equals(after.get(i).viewers())) {
                seen.add(before.get(i).enquiryId());
            }
        }
        index.addThreads(tables.threads(seen));
    }

    /** What a change would make of many. */
    private record Planned(List<Work> before, List<Work> after, int same, int refused, int missing) {

        Many many(@Nullable Long changeId) {
            return new Many(changeId, after.size(), same, refused, missing);
        }
    }

    private Planned plan(Map<Long, Boolean> inbound, int asked, Change change, StaffMember by) {
        var hidden = sight.hidden(inbound.keySet(), by);
        var before = new ArrayList<Work>();
        var after = new ArrayList<Work>();
        int same = 0;
        int refused = 0;
        var self = self(change, by);
        for (var work : tables.read(inbound.keySet()).values()) {
            if (hidden.contains(work.enquiryId())) {
                continue;
            }
            boolean cameIn = Boolean.TRUE.equals(inbound.get(work.enquiryId()));
            switch (WorkChanging.apply(work, cameIn, change, by.actor(), self, clock.instant())) {
                case Applied.Same _ -> same++;
                case Applied.Refused _ -> refused++;
                case Applied.Changed(var to) -> {
                    before.add(work);
                    after.add(to);
                }
            }
        }
        return new Planned(before, after, same, refused, asked - same - refused - after.size());
    }

    private static List<Long> atOnce(Collection<Long> enquiryIds) {
        var ids = enquiryIds.stream().distinct().sorted().toList();
        if (ids.size() > AT_ONCE_MAX) {
            throw new IllegalArgumentException("At most " + AT_ONCE_MAX + " are changed at once");
        }
        return ids;
    }

    @Override
    public Many change(Collection<Long> enquiryIds, Change change, StaffMember by) {
        var ids = atOnce(enquiryIds);
        return inTransaction(() -> {
            var planned = plan(tables.lock(ids), ids.size(), change, by);
            return planned.many(
                    planned.after().isEmpty()
                            ? null
                            : write(change.words(), planned.before(), planned.after(), by.actor()));
        });
    }

    @Override
    public Many wouldChange(Collection<Long> enquiryIds, Change change, StaffMember by) {
        var ids = atOnce(enquiryIds);
        return plan(tables.inbound(ids), ids.size(), change, by).many(null);
    }

    @Override
    public Optional<Undone> undo(long changeId, StaffMember by) {
        return inTransaction(() -> {
            var ids = tables.ofChange(changeId);
            var hidden = sight.hidden(ids, by);
            // Whoever may read none of them takes nothing back, nor the undo away from those who may.
            if (hidden.size() == ids.size()
                    || tables.takeBack(changeId, by.actor(), clock.instant()).isEmpty()) {
                return Optional.empty();
            }
            tables.lock(ids);
            var back = new LinkedHashMap<>(tables.before(changeId));
            back.keySet().removeAll(hidden);
            if (!back.isEmpty()) {
                var now = tables.read(back.keySet());
                save(List.copyOf(now.values()), List.copyOf(back.values()), by.actor(), Action.UNDONE);
            }
            return Optional.of(
                    new Undone(back.size(), ids.size() - back.size(), ids.size() == 1 ? ids.getFirst() : null));
        });
    }

    @Override
    public Optional<LastChange> lastChange(long enquiryId) {
        return jdbc.sql("""
                        select c.id, c.what, coalesce(s.name, c.made_by) as by_name,
                            (select count(*) from work_before o where o.change_id = c.id) as enquiries
                        from enquiry_work w
                        join work_before b on b.enquiry_id = w.enquiry_id and b.made_version = w.version
                        join work_change c on c.id = b.change_id and c.undone_at is null
                        left join staff_member s on 'staff:' || s.username = c.made_by
                        where w.enquiry_id = ?
                        """)
                .param(enquiryId)
                .query((row, n) -> new LastChange(
                        row.getLong("id"), row.getString("what"), row.getString("by_name"), row.getInt("enquiries")))
                .optional();
    }

    @Override
    public void opened(long enquiryId, StaffMember by) {
        transaction.executeWithoutResult(status -> {
            int first = jdbc.sql("""
                            insert into enquiry_work as w (enquiry_id, opened_at, opened_by)
                            select id, :now::timestamptz, :by from enquiry where id = :id
                            on conflict (enquiry_id) do update set opened_at = excluded.opened_at, opened_by = excluded.opened_by
                            where w.opened_at is null
                            """)
                    .param("now", clock.instant().toString())
                    .param("by", by.actor())
                    .param("id", enquiryId)
                    .update();
            if (first > 0) {
                index.add(List.of(enquiryId));
            }
        });
    }

    private <T> T inTransaction(Supplier<T> step) {
        for (int meeting = 1; ; meeting++) {
            try {
                return Objects.requireNonNull(transaction.<T>execute(status -> step.get()));
            } catch (ConcurrencyFailureException met) {
                if (meeting == MEETINGS_MAX) {
                    throw met;
                }
            }
        }
    }
}
