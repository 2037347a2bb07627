package org.postbag.enquiries;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Reference;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of {@link Threads}: one statement for all rows of a kind. The contacts are locked, so that nobody else works on their threads. */
final class ThreadTables {

    private static final long SUBJECT_WINDOW_SECONDS = Threads.SUBJECT_WINDOW.toSeconds();

    private final JdbcClient jdbc;

    ThreadTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which item quotes which reference. */
    record Quoted(int item, long contactId, Reference reference) {}

    /** An item's subject; {@code asks} where it is a reply that names no message. */
    record Subject(int item, long contactId, String subject, boolean asks, Instant at) {}

    /** An item, and a thread that it belongs to. */
    record Found(int item, long threadId) {}

    /** @param lastContactAt null where no item of the thread moves a clock */
    record Clock(
            long contactId, Instant startedAt, @Nullable Instant lastContactAt) {

        Clock with(Clock other) {
            var last = lastContactAt;
            var otherLast = other.lastContactAt;
            return new Clock(
                    contactId,
                    startedAt.isBefore(other.startedAt) ? startedAt : other.startedAt,
                    last == null || (otherLast != null && otherLast.isAfter(last)) ? otherLast : last);
        }
    }

    /** The threads of those of the keys that are known. */
    Map<Threads.Key, Long> keyed(Collection<Threads.Key> keys) {
        var found = new HashMap<Threads.Key, Long>();
        jdbc.sql("""
                        select t.key, t.contact_id, t.thread_id
                        from unnest(:keys::text[], :contacts::bigint[]) as k(key, contact_id)
                        join thread_key t on t.key = k.key and t.contact_id = k.contact_id
                        """)
                .param("keys", keys.stream().map(Threads.Key::key).toArray(String[]::new))
                .param("contacts", keys.stream().map(Threads.Key::contactId).toArray(Long[]::new))
                .query(row -> {
                    found.put(
                            new Threads.Key(row.getLong("contact_id"), row.getString("key")), row.getLong("thread_id"));
                });
        return found;
    }

    List<Found> quoted(List<Quoted> asked) {
        if (asked.isEmpty()) {
            return List.of();
        }
        return found(jdbc.sql("""
                        select k.item, e.thread_id
                        from unnest(:items::integer[], :contacts::bigint[], :froms::text[], :befores::text[]) as k(item, contact_id, ids_from, ids_before)
                        join enquiry e on e.receipt_id >= k.ids_from and e.receipt_id < k.ids_before and e.contact_id = k.contact_id
                        """)
                .param("items", each(asked, Quoted::item, Integer[]::new))
                .param("contacts", each(asked, Quoted::contactId, Long[]::new))
                .param("froms", each(asked, q -> q.reference().idsFrom(), String[]::new))
                .param("befores", each(asked, q -> q.reference().idsBefore(), String[]::new)));
    }

    /** Those of the contacts for whom a subject tells: one person, who writes from their own address. */
    Set<Long> whereSubjectsTell(List<Subject> asked) {
        return new HashSet<>(jdbc.sql(
                        "select id from contact where id = any(:ids::bigint[]) and kind = 'person' and not shared_mailbox")
                .param("ids", each(asked, Subject::contactId, Long[]::new))
                .query(Long.class)
                .list());
    }

    List<Found> sameSubject(List<Subject> asked) {
        if (asked.isEmpty()) {
            return List.of();
        }
        return found(jdbc.sql("""
                        select distinct k.item, e.thread_id
                        from unnest(:items::integer[], :contacts::bigint[], :subjects::text[], :asks::boolean[], :ats::text[])
                            as k(item, contact_id, subject, asks, at)
                        join enquiry e on e.contact_id = k.contact_id and e.base_subject = k.subject
                            and e.received_at between k.at::timestamptz - make_interval(secs => :window)
                                and k.at::timestamptz + make_interval(secs => :window)
                        where k.asks or e.asks_by_subject
                        """)
                .param("items", each(asked, Subject::item, Integer[]::new))
                .param("contacts", each(asked, Subject::contactId, Long[]::new))
                .param("subjects", each(asked, Subject::subject, String[]::new))
                .param("asks", each(asked, Subject::asks, Boolean[]::new))
                .param("ats", each(asked, s -> s.at().toString(), String[]::new))
                .param("window", SUBJECT_WINDOW_SECONDS));
    }

    private static List<Found> found(JdbcClient.StatementSpec select) {
        return select.query((row, n) -> new Found(row.getInt("item"), row.getLong("thread_id")))
                .list();
    }

    List<Long> newIds(int count) {
        return jdbc.sql("select nextval('thread_id_seq') from generate_series(1, :count)")
                .param("count", count)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** Makes these threads, or moves the clocks of those that are there. @return those whose clock moved to another day */
    List<Long> upsert(Map<Long, Clock> clocks) {
        var ids = clocks.keySet().stream().sorted().toList();
        var values = ids.stream().map(clocks::get).toList();
        return jdbc
                .sql("""
                        insert into thread (id, contact_id, started_at, last_contact_at)
                        overriding system value
                        select id, contact_id, started_at::timestamptz, last_contact_at::timestamptz
                        from unnest(:ids::bigint[], :contacts::bigint[], :startedAt::text[], :lastContactAt::text[])
                            as k(id, contact_id, started_at, last_contact_at)
                        on conflict (id) do update set started_at = least(thread.started_at, excluded.started_at),
                            last_contact_at = greatest(thread.last_contact_at, excluded.last_contact_at)
                        returning id, old.id is not null
                            and (coalesce(old.last_contact_at, old.started_at) at time zone 'Europe/London')::date
                                <> (coalesce(new.last_contact_at, new.started_at) at time zone 'Europe/London')::date as moved
                        """)
                .param("ids", ids.toArray(Long[]::new))
                .param("contacts", each(values, Clock::contactId, Long[]::new))
                .param("startedAt", each(values, c -> c.startedAt().toString(), String[]::new))
                .param(
                        "lastContactAt",
                        each(
                                values,
                                c -> c.lastContactAt() == null
                                        ? null
                                        : c.lastContactAt().toString(),
                                String[]::new))
                .query((row, n) -> row.getBoolean("moved") ? List.of(row.getLong("id")) : List.<Long>of())
                .list()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    void insertKeys(Map<Threads.Key, Long> threads) {
        if (threads.isEmpty()) {
            return;
        }
        var keys = new ArrayList<>(threads.keySet());
        keys.sort(Comparator.comparing(Threads.Key::key).thenComparing(Threads.Key::contactId));
        jdbc.sql("""
                        insert into thread_key (key, contact_id, thread_id)
                        select * from unnest(:keys::text[], :contacts::bigint[], :threads::bigint[]) on conflict do nothing
                        """)
                .param("keys", each(keys, Threads.Key::key, String[]::new))
                .param("contacts", each(keys, Threads.Key::contactId, Long[]::new))
                .param("threads", each(keys, threads::get, Long[]::new))
                .update();
    }

    /** All of the others becomes the thread's. */
    void join(long thread, Collection<Long> others) {
        var ids = others.toArray(Long[]::new);
        for (var move : new String[] {
            "update enquiry set thread_id = :thread where thread_id = any(:others::bigint[])",
            "update thread_key set thread_id = :thread where thread_id = any(:others::bigint[])",
            """
            update thread t set started_at = least(t.started_at, o.started_at), last_contact_at = greatest(t.last_contact_at, o.last_contact_at)
            from (select min(started_at) as started_at, max(last_contact_at) as last_contact_at from thread where id = any(:others::bigint[])) o
            where t.id = :thread
            """
        }) {
            jdbc.sql(move).param("thread", thread).param("others", ids).update();
        }
        jdbc.sql("delete from thread where id = any(:others::bigint[])")
                .param("others", ids)
                .update();
    }

    private static <T, V> @Nullable V[] each(
            List<T> of, Function<T, @Nullable V> value, java.util.function.IntFunction<@Nullable V[]> array) {
        return of.stream().map(value).toArray(array);
    }
}
