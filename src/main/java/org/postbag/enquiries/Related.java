package org.postbag.enquiries;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What else belongs to an enquiry, beyond its own thread: what the same contact sent, before all the same text sent again. */
@Component
public class Related {

    /** So far back it is looked for the same text: a busy office has sent tens of thousands. */
    private static final int LOOKED_AT_MAX = 200;

    private final JdbcClient jdbc;
    private final Sight sight;

    Related(JdbcClient jdbc, Sight sight) {
        this.jdbc = jdbc;
        this.sight = sight;
    }

    /**
     * @param sameText whether it says the same, word for word
     * @param withheld whether it is sensitive and not for whoever reads this: nothing but its reference is to be shown
     */
    public record Line(
            long enquiryId,
            String reference,
            Channel channel,
            Direction direction,
            Instant receivedAt,
            @Nullable String subject,
            boolean sameText,
            boolean withheld) {}

    /** The same text first, then the newest. */
    public List<Line> of(Enquiry enquiry, StaffMember reader, int limit) {
        var lines = jdbc.sql("""
                        select * from (
                            select e.id, e.reference, e.channel, e.direction, e.received_at, e.subject, e.reply <> '' and e.reply = :reply as same_text
                            from contact c
                            cross join lateral family_of(coalesce(c.merged_into, c.id)) f
                            cross join lateral (
                                select * from enquiry o where o.contact_id = f.id and o.thread_id <> :thread
                                order by o.received_at desc, o.id desc limit :looked) e
                            where c.id = :contact) latest
                        order by same_text desc, received_at desc, id desc limit :limit
                        """)
                .param("reply", enquiry.reply())
                .param("thread", enquiry.threadId())
                .param("contact", enquiry.contactId())
                .param("looked", LOOKED_AT_MAX)
                .param("limit", limit)
                .query((row, n) -> new Line(
                        row.getLong("id"),
                        row.getString("reference"),
                        Channel.of(row.getString("channel")).orElseThrow(),
                        Direction.of(row.getString("direction")),
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
                        row.getString("subject"),
                        row.getBoolean("same_text"),
                        false))
                .list();
        return sight.withholding(lines, Line::enquiryId, Related::withheld, reader);
    }

    private static Line withheld(Line line) {
        return new Line(
                line.enquiryId(),
                line.reference(),
                line.channel(),
                line.direction(),
                line.receivedAt(),
                null,
                false,
                true);
    }
}
