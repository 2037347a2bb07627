package org.postbag.contacts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Telephone;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds contacts: by what someone typed, or those that got in touch last. None is found of which whoever asks may not know. */
@Component
public class ContactLookup {

    private static final int WORDS_MAX = 10;
    private static final int BEGINNING_LENGTH_MIN = 2;
    private static final int LAST_WORD_LENGTH_MIN = 3;

    /** How many times more are taken from an index than are suggested, so that those who wrote lately are among them. */
    private static final int SOME_MORE = 5;

    private static final int LATEST_ENQUIRIES_MAX = 5_000;

    /** After any text that begins so. */
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    private static final Pattern NOT_IN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final JdbcClient jdbc;
    /** More than are asked for are taken where some are not for whoever asks; where so many are not, fewer are found. */
    private static final int TAKEN_MAX = 10_000;

    private final Contacts contacts;
    private final ContactPanel panel;

    ContactLookup(JdbcClient jdbc, Contacts contacts, ContactPanel panel) {
        this.jdbc = jdbc;
        this.contacts = contacts;
        this.panel = panel;
    }

    /**
     * Those known by exactly this address or number, and those whose name or organisation has a word beginning with each of the words. One that is merged
     * is found as the contact under which it is shown.
     */
    public List<Contact> find(String typed, int limit, StaffMember reader) {
        return readable(taken -> found(typed, taken), limit, reader);
    }

    private List<Contact> found(String typed, int limit) {
        var values = new ArrayList<String>();
        values.add(typed.strip());
        EmailAddress.parse(typed)
                .ifPresent(email -> values.add(Identifier.of(email).value()));
        Telephone.parse(typed).ifPresent(telephone -> values.add(telephone.e164()));
        var ids = jdbc.sql("""
                        select id from (
                            select coalesce(c.merged_into, c.id) as id, coalesce(c.last_contact_at, c.created_at) as last_at
                            from identifier i
                            join identifier_use u on u.identifier_id = i.id
                            join contact c on c.id = u.contact_id
                            where i.value = any(:values) and c.erased_at is null
                            union
                            select coalesce(merged_into, id), coalesce(last_contact_at, created_at)
                            from contact
                            where :words <> '' and erased_at is null
                              and to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(organisation, ''))
                                  @@ to_tsquery('simple', :words)
                        ) found
                        group by id
                        order by max(last_at) desc, id desc
                        limit :limit
                        """)
                .param("values", values.toArray(String[]::new))
                .param("words", words(typed))
                .param("limit", limit)
                .query((row, number) -> row.getLong(1))
                .list();
        return inOrder(ids);
    }

    /** The contacts that got in touch last, found among the latest enquiries. */
    public List<Contact> recent(int limit, StaffMember reader) {
        return readable(this::latest, limit, reader);
    }

    private List<Contact> latest(int limit) {
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

    private List<Contact> readable(IntFunction<List<Contact>> found, int limit, StaffMember reader) {
        for (int take = limit; ; take *= 2) {
            var taken = found.apply(take);
            var hidden = panel.hiddenContacts(taken.stream().map(Contact::id).toList(), reader);
            var readable = taken.stream()
                    .filter(one -> !hidden.contains(one.id()))
                    .limit(limit)
                    .toList();
            if (readable.size() == limit || taken.size() < take || take >= TAKEN_MAX) {
                return readable;
            }
        }
    }

    private List<Contact> inOrder(List<Long> ids) {
        var found = contacts.byIds(ids);
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /**
     * Contacts to suggest while something is typed: whose name or email address begins so, and who have, in name or organisation, the words typed, the last
     * of them only begun. It is answered by indexes alone, so of a beginning that thousands have only some are found. None is merged or erased.
     */
    @Transactional(readOnly = true)
    public List<Contact> beginning(String typed, int limit, StaffMember reader) {
        var begin = typed.strip().toLowerCase(Locale.ROOT);
        if (begin.codePointCount(0, begin.length()) < BEGINNING_LENGTH_MIN) {
            return List.of();
        }
        // With a limit the planner may take reading all contacts to be cheap, which it is not where few match.
        jdbc.sql("select set_config('enable_seqscan', 'off', true)")
                .query(String.class)
                .single();
        return readable(taken -> begun(begin, taken), limit, reader);
    }

    private List<Contact> begun(String begin, int limit) {
        var ids = new LinkedHashSet<>(beginningWith(begin, limit));
        // Of a beginning that thousands have, an index of words gathers all before it gives the first.
        if (ids.size() < limit) {
            ids.addAll(havingWords(lastWordBegun(begin), limit));
        }
        var found = contacts.byIds(ids);
        return ids.stream()
                .map(found::get)
                .filter(one -> one != null && one.erasedAt() == null && one.mergedInto() == null)
                .limit(limit)
                .toList();
    }

    private List<Long> beginningWith(String begin, int limit) {
        return jdbc.sql("""
                        select id from (
                            (select c.id, 1 as place, c.last_contact_at as last_at from contact c
                             where lower(c.name) ~>=~ :begin and lower(c.name) ~<~ :end and c.erased_at is null and c.merged_into is null
                             order by lower(c.name) using ~<~ limit :some)
                            union all
                            (select coalesce(c.merged_into, c.id), 2, c.last_contact_at
                             from identifier i join identifier_use u on u.identifier_id = i.id join contact c on c.id = u.contact_id
                             where i.kind = 'email' and i.value ~>=~ :begin and i.value ~<~ :end and u.state <> 'retired' and c.erased_at is null
                             order by i.value using ~<~ limit :some)) found
                        group by id
                        order by min(place), max(last_at) desc nulls last, id desc
                        limit :limit
                        """)
                .param("begin", begin)
                .param("end", begin + LAST_CHARACTER)
                .param("some", limit * SOME_MORE)
                .param("limit", limit)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    private List<Long> havingWords(String words, int limit) {
        if (words.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select id from (
                            select c.id, c.last_contact_at as last_at from contact c
                            where c.erased_at is null and c.merged_into is null
                              and to_tsvector('simple', coalesce(c.name, '') || ' ' || coalesce(c.organisation, '')) @@ to_tsquery('simple', :words)
                            limit :some) found
                        order by last_at desc nulls last, id desc
                        limit :limit
                        """)
                .param("words", words)
                .param("some", limit * SOME_MORE)
                .param("limit", limit)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    /** Nothing where the last word is too short for an index to tell few contacts from many. */
    private static String lastWordBegun(String typed) {
        var words = Arrays.stream(NOT_IN_WORDS.split(typed))
                .filter(word -> !word.isEmpty())
                .limit(WORDS_MAX)
                .toList();
        return words.isEmpty() || words.getLast().length() < LAST_WORD_LENGTH_MIN
                ? ""
                : String.join(" & ", words) + ":*";
    }

    /** Letters and digits alone, so that nothing in it is an operator of the search. */
    private static String words(String typed) {
        return Arrays.stream(NOT_IN_WORDS.split(typed.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .limit(WORDS_MAX)
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
    }
}
