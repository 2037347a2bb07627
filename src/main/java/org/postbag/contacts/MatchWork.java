package org.postbag.contacts;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The contacts that are to be compared with the others. Written with what changed them, so that none is forgotten. */
@Component
class MatchWork {

    private final JdbcClient jdbc;

    MatchWork(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A contact that waits already is compared after this change too: its version moves, and its work is done only as it was when it began. */
    void add(Collection<Long> contactIds) {
        if (contactIds.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into match_work (contact_id) select distinct id from unnest(:ids::bigint[]) as id order by id
                        on conflict (contact_id) do update set version = nextval('match_version')
                        """).param("ids", contactIds.toArray(Long[]::new)).update();
    }
}
