package org.postbag.enquiries;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.IdentifierUse;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a contact's page shows of enquiries: those of all contacts that are one with it. */
@Component
class JdbcContactPanel implements ContactPanel {

    private static final int EXCERPT_LENGTH = 200;
    private static final int NAMES_READ_MAX = 500;
    private static final int NAMES_SHOWN_MAX = 20;

    /** What is shown of a contact is that of all that are one with it. */
    private static final String OF_FAMILY = "contact_id in (select id from family_of(:contact))";

    /** The latest of each contact that is one with it, by the index of each. */
    private static final String LATEST_OF_FAMILY = """
            family_of(:contact) f cross join lateral (
                select id, received_at, from_name from enquiry e where contact_id = f.id %s order by received_at desc, id desc limit %s) latest
            """;

    private final JdbcClient jdbc;
    private final Sight sight;

    JdbcContactPanel(JdbcClient jdbc, Sight sight) {
        this.jdbc = jdbc;
        this.sight = sight;
    }

    @Override
    public long count(long contactId) {
        return jdbc.sql("select count(*) from enquiry where " + OF_FAMILY)
                .param("contact", contactId)
                .query(Long.class)
                .single();
    }

    @Override
    public Set<Long> hidden(Collection<Long> enquiryIds, StaffMember reader) {
        return sight.hidden(enquiryIds, reader);
    }

    @Override
    public Set<Long> hiddenContacts(Collection<Long> contactIds, StaffMember reader) {
        return sight.hiddenContacts(contactIds, reader);
    }

    @Override
    public Map<Long, List<IdentifierUse>> readable(Map<Long, List<IdentifierUse>> uses, StaffMember reader) {
        return sight.readable(uses, reader);
    }

    @Override
    public List<Line> timeline(long contactId, int offset, int limit, StaffMember reader) {
        return sight.withholding(lines(contactId, offset, limit), Line::enquiryId, JdbcContactPanel::withheld, reader);
    }

    /** The place in the timeline tells the day more or less; nothing else does. */
    private static Line withheld(Line line) {
        return new Line(
                line.enquiryId(),
                line.reference(),
                line.receivedAt(),
                line.channel(),
                line.direction(),
                null,
                null,
                "",
                null,
                line.keptUntil(),
                true);
    }

    private List<Line> lines(long contactId, int offset, int limit) {
        return jdbc.sql("with page as materialized (select latest.id from "
                        + LATEST_OF_FAMILY.formatted("", ":offset + :limit")
                        + " order by latest.received_at desc, latest.id desc offset :offset limit :limit)"
                        + " select e.id, e.reference, e.received_at, e.channel, e.direction, e.from_name, e.subject, left(e.reply, "
                        + EXCERPT_LENGTH + ") as excerpt, e.automatic" + Kept.COLUMNS
                        + " where e.id in (select id from page) order by e.received_at desc, e.id desc")
                .param("contact", contactId)
                .param("offset", offset)
                .param("limit", limit)
                .query((row, n) -> new Line(
                        row.getLong("id"),
                        row.getString("reference"),
                        JdbcEnquiries.moment(row, "received_at"),
                        row.getString("channel"),
                        row.getString("direction"),
                        row.getString("from_name"),
                        row.getString("subject"),
                        row.getString("excerpt"),
                        row.getString("automatic"),
                        Kept.of(row).until(),
                        false))
                .list();
    }

    @Override
    public List<String> names(long contactId, StaffMember reader) {
        return jdbc.sql("""
                        select from_name from (
                            select latest.from_name from %s order by latest.received_at desc limit :read
                        ) latest
                        group by from_name order by count(*) desc, from_name limit :shown
                        """.formatted(LATEST_OF_FAMILY.formatted(
                        "and direction = 'inbound' and from_name is not null and not " + Sight.hiddenFrom(reader),
                        ":read")))
                .param("contact", contactId)
                .param("actor", reader.actor())
                .param("read", NAMES_READ_MAX)
                .param("shown", NAMES_SHOWN_MAX)
                .query((row, n) -> row.getString("from_name"))
                .list();
    }

    @Override
    public Map<String, Instant> failedAddresses(long contactId) {
        var failed = new LinkedHashMap<String, Instant>();
        jdbc.sql("""
                        select i.value, max(e.received_at) as failed_at
                        from identifier_use u
                        join identifier i on i.id = u.identifier_id and i.kind = 'email'
                        join delivery_failure f on f.address = i.value
                        join enquiry e on e.id = f.enquiry_id
                        where u.%1$s and u.state <> 'retired'
                        group by i.id, i.value
                        having not exists (
                            select from enquiry w where w.%1$s and w.received_at > max(e.received_at) and w.direction = 'inbound'
                                and w.automatic is null and w.identifier_id = i.id)
                        order by i.value
                        """.formatted(OF_FAMILY)).param("contact", contactId).query(row -> {
            failed.put(row.getString("value"), JdbcEnquiries.moment(row, "failed_at"));
        });
        return failed;
    }
}
