package org.postbag.enquiries;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postbag.contacts.EnquiryMoving;
import org.postbag.normalising.Automatic;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcEnquiryMoving implements EnquiryMoving {

    private static final String NO_CONTACT = java.util.Arrays.stream(Automatic.values())
            .filter(one -> !one.isContact())
            .map(one -> "'" + one.code() + "'")
            .collect(java.util.stream.Collectors.joining(", "));

    private final JdbcClient jdbc;
    private final ThreadTables threads;

    JdbcEnquiryMoving(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.threads = new ThreadTables(jdbc);
    }

    @Override
    public void move(Collection<Long> enquiryIds, long from, long to) {
        var old = new TreeSet<>(sql("select distinct thread_id from enquiry where id = any(:ids::bigint[])", enquiryIds)
                .query((row, n) -> row.getLong(1))
                .list());
        var numbers = threads.newIds(old.size());
        var made = new TreeMap<Long, Long>();
        old.forEach(thread -> made.put(thread, Objects.requireNonNull(numbers.get(made.size()))));
        jdbc.sql("""
                        insert into thread (id, contact_id, started_at) overriding system value
                        select k.made, :to, t.started_at from unnest(:old::bigint[], :made::bigint[]) as k(old, made) join thread t on t.id = k.old
                        """)
                .param("to", to)
                .param("old", made.keySet().toArray(Long[]::new))
                .param("made", made.values().toArray(Long[]::new))
                .update();
        jdbc.sql("""
                        update enquiry e set contact_id = :to, thread_id = k.made
                        from unnest(:old::bigint[], :made::bigint[]) as k(old, made)
                        where e.thread_id = k.old and e.id = any(:ids::bigint[])
                        """)
                .param("to", to)
                .param("old", made.keySet().toArray(Long[]::new))
                .param("made", made.values().toArray(Long[]::new))
                .param("ids", enquiryIds.toArray(Long[]::new))
                .update();
        sql("update claim set contact_id = :to where enquiry_id = any(:ids::bigint[])", enquiryIds)
                .param("to", to)
                .update();
        made.forEach(this::takeKeys);
        var left = sql(
                        "select id from thread t where id = any(:ids::bigint[]) and exists (select from enquiry e where e.thread_id = t.id)",
                        old)
                .query((row, n) -> row.getLong(1))
                .list();
        sql(
                        "delete from thread t where id = any(:ids::bigint[]) and not exists (select from enquiry e where e.thread_id = t.id)",
                        old)
                .update();
        recount(left);
        recount(sql("select distinct thread_id from enquiry where id = any(:ids::bigint[])", enquiryIds)
                .query((row, n) -> row.getLong(1))
                .list());
    }

    /** All keys of a thread become keys of the one made from it too, or tie it to threads that are there. */
    private void takeKeys(long old, long made) {
        var there = jdbc.sql("""
                        select distinct o.thread_id from thread_key k
                        join thread t on t.id = :made
                        join thread_key o on o.key = k.key and o.contact_id = t.contact_id
                        where k.thread_id = :old order by 1
                        """)
                .param("old", old)
                .param("made", made)
                .query((row, n) -> row.getLong(1))
                .list();
        jdbc.sql("""
                        insert into thread_key (key, contact_id, thread_id)
                        select k.key, t.contact_id, t.id from thread_key k join thread t on t.id = :made where k.thread_id = :old
                        on conflict do nothing
                        """).param("old", old).param("made", made).update();
        if (!there.isEmpty()) {
            var all = new TreeSet<>(there);
            all.add(made);
            threads.join(all.first(), all.tailSet(all.first(), false));
        }
    }

    private void recount(List<Long> threadIds) {
        sql("""
                        update thread t set started_at = e.started_at, last_contact_at = e.last_contact_at
                        from (
                            select thread_id, min(received_at) as started_at,
                                max(received_at) filter (where direction = 'inbound' and coalesce(automatic, '') not in (%s)) as last_contact_at
                            from enquiry where thread_id = any(:ids::bigint[]) group by thread_id) e
                        where t.id = e.thread_id
                        """.formatted(NO_CONTACT), threadIds).update();
    }

    private JdbcClient.StatementSpec sql(String text, Collection<Long> ids) {
        return jdbc.sql(text).param("ids", ids.toArray(Long[]::new));
    }
}
