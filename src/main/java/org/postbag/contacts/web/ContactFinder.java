package org.postbag.contacts.web;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactLookup;
import org.postbag.contacts.Contacts;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finding contacts by name, email address or telephone number. What was typed is personal data: it stands under an opaque id, which whoever asked
 * alone may open for a week; the trail names it by that id, so it is kept for a year (and forgotten with all other searches, at night).
 */
@Component
class ContactFinder {

    static final int TYPED_LENGTH_MAX = 300;

    private static final Duration OPENED = Duration.ofDays(7);
    private static final int LATEST_ENQUIRIES_MAX = 5_000;

    private final JdbcClient jdbc;
    private final Contacts contacts;
    private final ContactLookup lookup;
    private final Clock clock;

    ContactFinder(JdbcClient jdbc, Contacts contacts, ContactLookup lookup, Clock clock) {
        this.jdbc = jdbc;
        this.contacts = contacts;
        this.lookup = lookup;
        this.clock = clock;
    }

    UUID keep(String typed, StaffMember member) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        var id = UUID.randomUUID();
        jdbc.sql(
                        "insert into search_query (id, asked_by, asked_at, query) values (?, ?, ?, jsonb_build_object('contact', ?::text))")
                .params(id, member.actor(), now, clean(typed))
                .update();
        return id;
    }

    /** What was typed; empty where it is unknown, forgotten or somebody else's. */
    Optional<String> typed(UUID id, StaffMember member) {
        return jdbc.sql(
                        "select query ->> 'contact' from search_query where id = ? and asked_by = ? and asked_at >= ? and query -> 'contact' is not null")
                .params(id, member.actor(), clock.instant().minus(OPENED).atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional();
    }

    /** The contacts that got in touch last, found among the latest enquiries. */
    List<Contact> recent(int limit) {
        return inOrder(jdbc.sql("""
                        select coalesce(c.merged_into, c.id) from (
                            select contact_id, max(received_at) as last_at from (
                                select contact_id, received_at from enquiry
                                where direction = 'inbound' and automatic is null
                                order by received_at desc, id desc limit :latest) latest
                            group by contact_id) heard
                        join contact c on c.id = heard.contact_id
                        where c.erased_at is null
                        group by coalesce(c.merged_into, c.id)
                        order by max(heard.last_at) desc, 1 desc
                        limit :limit
                        """)
                .param("latest", LATEST_ENQUIRIES_MAX)
                .param("limit", limit)
                .query((row, number) -> row.getLong(1))
                .list());
    }

    /** See {@link ContactLookup#find}. */
    List<Contact> find(String typed, int limit) {
        return lookup.find(typed, limit);
    }

    private List<Contact> inOrder(List<Long> ids) {
        var found = contacts.byIds(ids);
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** PostgreSQL takes no NUL, and nobody looks for control characters. */
    private static String clean(String typed) {
        var text = typed.replaceAll("\\p{Cntrl}", " ").strip();
        return text.length() <= TYPED_LENGTH_MAX ? text : text.substring(0, TYPED_LENGTH_MAX);
    }
}
