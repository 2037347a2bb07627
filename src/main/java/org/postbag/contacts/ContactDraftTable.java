package org.postbag.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.ContactDraft.Moment;
import org.postbag.contacts.ContactDraft.Named;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of contacts as resolving changes them: one statement for all, sorted by id. Times go as ISO 8601 text. */
final class ContactDraftTable {

    private final JdbcClient jdbc;

    ContactDraftTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Locks contacts, in order of id. One that is merged is no other for that: what is filed stands with whom its identifier belongs to, so that it makes no
     * difference whether it came before the merge, after it, or after its end (decision 8).
     */
    List<ContactDraft> lockContacts(Collection<Long> ids) {
        return jdbc.sql("""
                        select id, shared_mailbox, name, name_source, listed_name, given_name, named_at, named_by, claimed_name, claimed_at, claimed_by, last_contact_at,
                            created_at, known_by, source
                        from contact where id = any(:ids::bigint[]) and erased_at is null order by id for update
                        """)
                .param("ids", ids.toArray(Long[]::new))
                .query((row, n) -> draft(row))
                .list();
    }

    List<Long> newContactIds(int count) {
        return jdbc.sql("select nextval('contact_id_seq') from generate_series(1, :count)")
                .param("count", count)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    void insertContacts(List<ContactDraft> contacts) {
        if (contacts.isEmpty()) {
            return;
        }
        columns(jdbc.sql("""
                        insert into contact (id, identified, shared_mailbox, name, item_name, given_name, named_at, named_by, claimed_name, claimed_at,
                            claimed_by, last_contact_at, created_at, known_by, source)
                        overriding system value
                        select id, identified, shared, name, item_name, given_name, named_at::timestamptz, named_by, claimed_name,
                            claimed_at::timestamptz, claimed_by, last_contact_at::timestamptz, created_at::timestamptz, known_by, source
                        from unnest(:ids::bigint[], :identified::boolean[], :shared::boolean[], :names::text[], :itemNames::text[], :givenNames::text[],
                            :namedAt::text[], :namedBy::text[], :claimedNames::text[], :claimedAt::text[], :claimedBy::text[],
                            :lastContactAt::text[], :createdAt::text[], :knownBy::text[], :sources::text[])
                            as k(id, identified, shared, name, item_name, given_name, named_at, named_by, claimed_name, claimed_at, claimed_by,
                                last_contact_at, created_at, known_by, source)
                        """), contacts)
                .param("identified", contacts.stream().map(c -> c.identified).toArray(Boolean[]::new))
                .param("shared", contacts.stream().map(c -> c.sharedMailbox).toArray(Boolean[]::new))
                .update();
    }

    void updateContacts(List<ContactDraft> contacts) {
        if (contacts.isEmpty()) {
            return;
        }
        columns(jdbc.sql("""
                        update contact c set name = k.name, item_name = k.item_name, given_name = k.given_name,
                            named_at = k.named_at::timestamptz, named_by = k.named_by, claimed_name = k.claimed_name,
                            claimed_at = k.claimed_at::timestamptz, claimed_by = k.claimed_by,
                            last_contact_at = k.last_contact_at::timestamptz, created_at = k.created_at::timestamptz,
                            version = case when c.name is distinct from k.name then c.version + 1 else c.version end,
                            known_by = k.known_by, source = k.source
                        from unnest(:ids::bigint[], :names::text[], :itemNames::text[], :givenNames::text[], :namedAt::text[], :namedBy::text[],
                            :claimedNames::text[], :claimedAt::text[], :claimedBy::text[], :lastContactAt::text[], :createdAt::text[],
                            :knownBy::text[], :sources::text[])
                            as k(id, name, item_name, given_name, named_at, named_by, claimed_name, claimed_at, claimed_by, last_contact_at,
                                created_at, known_by, source)
                        where c.id = k.id
                        """), contacts).update();
    }

    private static JdbcClient.StatementSpec columns(JdbcClient.StatementSpec sql, List<ContactDraft> contacts) {
        return sql.param("ids", contacts.stream().map(c -> c.id).toArray(Long[]::new))
                .param("names", contacts.stream().map(ContactDraft::name).toArray(String[]::new))
                .param(
                        "itemNames",
                        contacts.stream().map(ContactDraft::itemName).toArray(String[]::new))
                .param("givenNames", texts(contacts, c -> c.given().name()))
                .param("namedAt", texts(contacts, c -> Moment.at(c.given().moment())))
                .param("namedBy", texts(contacts, c -> Moment.receipt(c.given().moment())))
                .param("claimedNames", texts(contacts, c -> c.claimed().name()))
                .param("claimedAt", texts(contacts, c -> Moment.at(c.claimed().moment())))
                .param(
                        "claimedBy",
                        texts(contacts, c -> Moment.receipt(c.claimed().moment())))
                .param(
                        "lastContactAt",
                        contacts.stream().map(ContactDraft::lastContactAt).toArray(String[]::new))
                .param("createdAt", contacts.stream().map(ContactDraft::knownAt).toArray(String[]::new))
                .param("knownBy", contacts.stream().map(ContactDraft::knownBy).toArray(String[]::new))
                .param("sources", contacts.stream().map(ContactDraft::source).toArray(String[]::new));
    }

    private static String[] texts(List<ContactDraft> contacts, Function<ContactDraft, @Nullable String> of) {
        return contacts.stream().map(of).toArray(String[]::new);
    }

    private static ContactDraft draft(ResultSet row) throws SQLException {
        var lastContactAt = row.getObject("last_contact_at", OffsetDateTime.class);
        return ContactDraft.locked(
                row.getLong("id"),
                row.getBoolean("shared_mailbox"),
                row.getString("name_source").equals("staff"),
                row.getString("name"),
                row.getString("listed_name"),
                named(row, "given_name", "named_at", "named_by"),
                named(row, "claimed_name", "claimed_at", "claimed_by"),
                new Moment(moment(row, "created_at"), row.getString("known_by")),
                row.getString("source"),
                lastContactAt == null ? null : lastContactAt.toInstant());
    }

    private static Named named(ResultSet row, String name, String at, String by) throws SQLException {
        return row.getString(name) == null
                ? Named.NOTHING
                : new Named(row.getString(name), new Moment(moment(row, at), row.getString(by)));
    }

    static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
