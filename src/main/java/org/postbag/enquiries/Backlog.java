package org.postbag.enquiries;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.Subject;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Closes what a backlog brings and is old: nobody waits for an answer to it any more, and among it they would not see what is new. Whoever thinks otherwise
 * takes it in hand again.
 */
@Component
class Backlog {

    private final JdbcClient jdbc;
    private final BacklogSettings settings;
    private final Clock clock;

    Backlog(JdbcClient jdbc, BacklogSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** In filing's transaction, once the enquiries are there. What is answered already stays so. What the trail must say of it is returned. */
    List<AuditEvent> close(List<Item.Readable> items, List<Long> enquiryIds) {
        var old = new ArrayList<Long>();
        for (int i = 0; i < items.size(); i++) {
            if (isOld(items.get(i))) {
                old.add(Objects.requireNonNull(enquiryIds.get(i)));
            }
        }
        return old.isEmpty()
                ? List.of()
                : closed(old).stream()
                        .map(id -> new AuditEvent(
                                Filer.ACTOR,
                                Action.CHANGED,
                                Subject.enquiry(id),
                                "Closed: of a backlog, and older than %d days".formatted(settings.toDoDays())))
                        .toList();
    }

    private boolean isOld(Item.Readable item) {
        var since = clock.instant().minus(Duration.ofDays(settings.toDoDays()));
        return settings.toDoDays() >= 0
                && item.receipt().route().equals(Receipt.BACKLOG_ROUTE)
                && item.appearance().direction() == Direction.INBOUND
                && item.appearance().receivedAt().isBefore(since);
    }

    private List<Long> closed(List<Long> ids) {
        return jdbc.sql("""
                        with closed as (
                            update enquiry set done = true where id = any(:ids::bigint[]) and not done returning id)
                        insert into enquiry_work as w (enquiry_id, status, status_at)
                        select id, :status, :now::timestamptz from closed order by id
                        on conflict (enquiry_id) do update set status = excluded.status, status_at = excluded.status_at
                        returning enquiry_id
                        """)
                .param("ids", ids.toArray(Long[]::new))
                .param("status", WorkStatus.CLOSED.code())
                .param("now", clock.instant().toString())
                .query((row, _) -> row.getLong(1))
                .list();
    }
}
