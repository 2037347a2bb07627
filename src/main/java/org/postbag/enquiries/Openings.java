package org.postbag.enquiries;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who has an enquiry open now, so that two don't answer it. An open page says so every minute; without scripts only when it is opened. */
@Component
public class Openings {

    static final Duration OPEN_FOR = Duration.ofMinutes(5);
    private static final int SHOWN_MAX = 10;

    private final JdbcClient jdbc;
    private final Clock clock;

    Openings(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return names of the others who have it open */
    public List<String> open(long enquiryId, StaffMember member) {
        var now = clock.instant();
        jdbc.sql("""
                        with old as (delete from enquiry_open where seen_at < :before::timestamptz and (enquiry_id, actor) <> (:enquiry, :actor))
                        insert into enquiry_open (enquiry_id, actor, seen_at) select id, :actor, :now::timestamptz from enquiry where id = :enquiry
                        on conflict (enquiry_id, actor) do update set seen_at = excluded.seen_at
                        """)
                .param("before", now.minus(OPEN_FOR).toString())
                .param("enquiry", enquiryId)
                .param("actor", member.actor())
                .param("now", now.toString())
                .update();
        return jdbc.sql("""
                        select s.name from enquiry_open o join staff_member s on 'staff:' || s.username = o.actor
                        where o.enquiry_id = ? and o.actor <> ? and o.seen_at >= ?::timestamptz order by s.name limit ?
                        """)
                .params(enquiryId, member.actor(), now.minus(OPEN_FOR).toString(), SHOWN_MAX)
                .query((row, n) -> row.getString("name"))
                .list();
    }
}
