package org.postbag.enquiries;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.work.IndexWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Marks what our messages answer as answered: what they name, and whatever came in on their thread before them. It makes no difference which of the two is
 * filed first. A message of ours is taken for an answer once, so that an undo stays; and what a person says of an enquiry after the message was sent holds,
 * for they knew of it. What is closed stays closed.
 */
@Component
class Answering {

    static final String ACTOR = "job:answering";

    private final JdbcClient jdbc;
    private final WorkTables tables;
    private final IndexWork index;
    private final Clock clock;

    Answering(JdbcClient jdbc, WorkTables tables, IndexWork index, Clock clock) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.index = index;
        this.clock = clock;
    }

    /** An enquiry, and the latest message of ours that answers it. */
    private record Pair(long enquiryId, long answerId, Instant sentAt) {}

    /** In filing's transaction, once the enquiries are there. What the trail must say of it is returned. */
    List<AuditEvent> note(Collection<Long> threadIds) {
        var pairs = new HashMap<Long, Pair>();
        pairs(new TreeSet<>(threadIds)).forEach(pair -> pairs.put(pair.enquiryId(), pair));
        if (pairs.isEmpty()) {
            return List.of();
        }
        tables.lock(pairs.keySet());
        var events = new ArrayList<AuditEvent>();
        var before = new ArrayList<Work>();
        var after = new ArrayList<Work>();
        for (var work : tables.read(pairs.keySet()).values()) {
            var pair = Objects.requireNonNull(pairs.get(work.enquiryId()));
            var said = work.statusAt();
            if (work.status().mayBecome(WorkStatus.ANSWERED) && (said == null || said.isBefore(pair.sentAt()))) {
                before.add(work);
                after.add(work.with(WorkStatus.ANSWERED, AnswerWay.MESSAGE, pair.sentAt()));
            }
        }
        for (int i = 0; i < before.size(); i++) {
            // Each by itself, since each may be undone by itself.
            tables.remember(AnswerWay.MESSAGE.label(), List.of(before.get(i)), ACTOR, clock.instant());
            events.addAll(WorkChanging.events(ACTOR, Action.CHANGED, before.get(i), after.get(i)));
        }
        if (!after.isEmpty()) {
            tables.save(after, ACTOR, clock.instant());
            index.add(after.stream().map(Work::enquiryId).toList());
        }
        taken(pairs);
        return events;
    }

    /** Of enquiries whose latest answer has not been taken yet. */
    private List<Pair> pairs(TreeSet<Long> threadIds) {
        return jdbc.sql("""
                        select * from (
                            select distinct on (i.id) i.id, o.id as answer_id, o.received_at as sent_at
                            from enquiry o
                            join enquiry i on i.thread_id = o.thread_id and i.direction = 'inbound'
                                and (o.in_reply_to = i.message_id or o.received_at >= i.received_at)
                            where o.thread_id = any(:threads::bigint[]) and o.direction = 'outbound' and o.automatic is null
                            order by i.id, o.received_at desc, o.receipt_id desc) latest
                        where not exists (select from enquiry_work w where w.enquiry_id = latest.id and w.answered_by = latest.answer_id)
                        """)
                .param("threads", threadIds.toArray(Long[]::new))
                .query((row, n) -> new Pair(
                        row.getLong("id"),
                        row.getLong("answer_id"),
                        row.getObject("sent_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private void taken(Map<Long, Pair> pairs) {
        var ids = pairs.keySet().stream().sorted().toList();
        jdbc.sql("""
                        insert into enquiry_work as w (enquiry_id, answered_by)
                        select * from unnest(:ids::bigint[], :answers::bigint[])
                        on conflict (enquiry_id) do update set answered_by = excluded.answered_by
                        """)
                .param("ids", ids.toArray(Long[]::new))
                .param(
                        "answers",
                        ids.stream()
                                .map(id -> Objects.requireNonNull(pairs.get(id)).answerId())
                                .toArray(Long[]::new))
                .update();
    }
}
