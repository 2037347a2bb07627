package org.postbag.contacts.web;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postbag.contacts.Contact;
import org.postbag.contacts.Contacts;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Telephone;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finding contacts by name, email address or telephone number. What was typed is personal data: it is kept under an opaque id, for whoever asked
 * alone, and goes after a week.
 */
@Component
class ContactFinder {

    static final int TYPED_LENGTH_MAX = 300;

    private static final Duration KEPT = Duration.ofDays(7);
    private static final int WORDS_MAX = 10;
    private static final int LATEST_ENQUIRIES_MAX = 5_000;
    private static final Pattern NOT_IN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final JdbcClient jdbc;
    private final Contacts contacts;
    private final Clock clock;

    ContactFinder(JdbcClient jdbc, Contacts contacts, Clock clock) {
        this.jdbc = jdbc;
        this.contacts = contacts;
        this.clock = clock;
    }

    @Transactional
    UUID keep(String typed, StaffMember member) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("delete from search_query where asked_at < ? and query -> 'contact' is not null")
                .param(now.minus(KEPT))
                .update();
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
                .params(id, member.actor(), clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional();
    }

    /** The contacts that got in touch last, found among the latest enquiries. */
    List<Contact> recent(int limit) {
        return inOrder(jdbc.sql("""
                        select c.id from (
                            select contact_id, max(received_at) as last_at from (
                                select contact_id, received_at from enquiry
                                where direction = 'inbound' and automatic is null
                                order by received_at desc, id desc limit :latest) latest
                            group by contact_id) heard
                        join contact c on c.id = heard.contact_id
                        where c.erased_at is null and c.merged_into is null
                        order by heard.last_at desc, c.id desc
                        limit :limit
                        """)
                .param("latest", LATEST_ENQUIRIES_MAX)
                .param("limit", limit)
                .query((row, number) -> row.getLong(1))
                .list());
    }

    /** Those known by exactly this address or number, and those whose name or organisation has a word beginning with each of the words. */
    List<Contact> find(String typed, int limit) {
        var values = new ArrayList<String>();
        values.add(typed.strip());
        EmailAddress.parse(typed).ifPresent(email -> values.add(email.value()));
        Telephone.parse(typed).ifPresent(telephone -> values.add(telephone.e164()));
        return inOrder(jdbc.sql("""
                        select id from (
                            select c.id, coalesce(c.last_contact_at, c.created_at) as last_at
                            from identifier i
                            join identifier_use u on u.identifier_id = i.id
                            join contact c on c.id = u.contact_id
                            where i.value = any(:values) and c.erased_at is null and c.merged_into is null
                            union
                            select id, coalesce(last_contact_at, created_at)
                            from contact
                            where :words <> '' and erased_at is null and merged_into is null
                              and to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(organisation, ''))
                                  @@ to_tsquery('simple', :words)
                        ) found
                        order by last_at desc, id desc
                        limit :limit
                        """)
                .param("values", values.toArray(String[]::new))
                .param("words", words(typed))
                .param("limit", limit)
                .query((row, number) -> row.getLong(1))
                .list());
    }

    /** Letters and digits alone, so that nothing in it is an operator of the search. */
    private static String words(String typed) {
        return Arrays.stream(NOT_IN_WORDS.split(typed.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .limit(WORDS_MAX)
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
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
