package org.postbag.contacts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Telephone;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds contacts by what someone typed. */
@Component
public class ContactLookup {

    private static final int WORDS_MAX = 10;
    private static final Pattern NOT_IN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final JdbcClient jdbc;
    private final Contacts contacts;

    ContactLookup(JdbcClient jdbc, Contacts contacts) {
        this.jdbc = jdbc;
        this.contacts = contacts;
    }

    /**
     * Those known by exactly this address or number, and those whose name or organisation has a word beginning with each of the words. One that is merged
     * is found as the contact under which it is shown.
     */
    public List<Contact> find(String typed, int limit) {
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
        var found = contacts.byIds(ids);
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
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
