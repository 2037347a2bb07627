package org.postbag.enquiries;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.QuarantineFinding.Filter;
import org.postbag.receiving.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many items are in quarantine, by channel, route and reason: kept as the items come and go, and read without looking at any of them. Items that are being
 * filed this moment are counted still.
 */
@Component
public class QuarantineCounts {

    private final JdbcClient jdbc;

    QuarantineCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many items of one channel, route and reason there are. */
    public record Group(Channel channel, String route, String reasonCode, long count) {}

    /** All groups, the largest first. */
    public List<Group> groups(boolean discarded, @Nullable LocalDate day) {
        var filter = new Filter(discarded, null, null, null, day);
        return jdbc.sql("select q.channel, q.route, q.reason_code, sum(number) as items from quarantine_count q where "
                        + filter.whereCounted()
                        + " group by 1, 2, 3 having sum(number) > 0 order by items desc, 1, 2, 3")
                .params(filter.params())
                .query((row, n) -> new Group(
                        Channel.of(row.getString("channel")).orElseThrow(),
                        row.getString("route"),
                        row.getString("reason_code"),
                        row.getLong("items")))
                .list();
    }

    public long count(Filter filter) {
        return jdbc.sql("select coalesce(sum(number), 0) from quarantine_count q where " + filter.whereCounted())
                .params(filter.params())
                .query(Long.class)
                .single();
    }

    /** How many items in quarantine wait for a person: all but what we sent, which is filed by itself once somebody is there whom it fits. */
    public long waitingForAPerson() {
        return jdbc.sql("""
                        select coalesce(sum(number), 0) from quarantine_count where not discarded and reason_code <> :fitsNobody
                        """)
                .param("fitsNobody", SentMail.FITS_NOBODY)
                .query(Long.class)
                .single();
    }

    /** Makes the rows of each group one, or none. Whoever adds a row meanwhile, and another who does this, are not waited for and change no sum. */
    @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT30S")
    void fold() {
        jdbc.sql("""
                with many as (
                    select channel, route, reason_code, day, discarded from quarantine_count
                    group by 1, 2, 3, 4, 5 having count(*) > 1),
                taken as (
                    delete from quarantine_count q using many
                    where (q.channel, q.route, q.reason_code, q.day, q.discarded)
                        = (many.channel, many.route, many.reason_code, many.day, many.discarded)
                    returning q.*)
                insert into quarantine_count
                select channel, route, reason_code, day, discarded, sum(number) from taken group by 1, 2, 3, 4, 5 having sum(number) <> 0
                """).update();
    }
}
