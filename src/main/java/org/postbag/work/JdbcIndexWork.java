package org.postbag.work;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows are written in order of their ids, so that two transactions never wait for each other in a ring. */
@Component
class JdbcIndexWork implements IndexWork {

    private final JdbcClient jdbc;

    JdbcIndexWork(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(Collection<Long> enquiryIds) {
        add(enquiryIds, "select distinct id from unnest(:ids::bigint[]) as id order by id");
    }

    @Override
    public void addContacts(Collection<Long> contactIds) {
        add(contactIds, """
                select id from enquiry where contact_id in (
                    select m.id from contact c
                    join contact m on m.id = coalesce(c.merged_into, c.id) or m.merged_into = coalesce(c.merged_into, c.id)
                    where c.id = any(:ids::bigint[]))
                order by id
                """);
    }

    @Override
    public void addThreads(Collection<Long> threadIds) {
        add(threadIds, "select id from enquiry where thread_id = any(:ids::bigint[]) order by id");
    }

    /** @param enquiries those that {@code :ids} mean, in order */
    private void add(Collection<Long> ids, String enquiries) {
        if (ids.isEmpty()) {
            return;
        }
        // The version of a change of a row that waits already is drawn when its lock is held, so that versions never go
        // down.
        jdbc.sql("insert into index_work (enquiry_id) " + enquiries
                        + " on conflict (enquiry_id) do update set version = nextval('index_version')")
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    @Override
    public void addContactClocks(Collection<Long> contactIds) {
        addClocks("contact", contactIds);
    }

    @Override
    public void addThreadClocks(Collection<Long> threadIds) {
        addClocks("thread", threadIds);
    }

    private void addClocks(String kind, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into clock_work (kind, id) select distinct :kind, id from unnest(:ids::bigint[]) as id order by id
                        on conflict (kind, id) do update set version = nextval('index_version'), reached = 0
                        """).param("kind", kind).param("ids", ids.toArray(Long[]::new)).update();
    }
}
