package org.postbag.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.retention.Category;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of contacts and of the identifiers they use. */
@Component
class ContactTables {

    private static final String CONTACTS =
            "select c.*, " + Family.COLUMNS + " from contact c join contact_family f on f.contact_id = c.id ";

    private final JdbcClient jdbc;

    ContactTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Contact> contacts(List<Long> ids) {
        return jdbc.sql(CONTACTS + "where c.id = any(:ids::bigint[]) order by c.id")
                .param("ids", ids.toArray(Long[]::new))
                .query((row, n) -> contact(row))
                .list();
    }

    /** Locked until the end of the transaction. Identifiers that the change concerns are locked before. */
    Optional<Contact> lock(long id) {
        jdbc.sql("select id from contact where id = :id for update")
                .param("id", id)
                .query((row, n) -> row.getLong(1))
                .list();
        // Read once it is locked: what was read while waiting for the lock may be of before.
        return contacts(List.of(id)).stream().findFirst();
    }

    /** The contacts under which these are shown, those that there are. */
    Map<Long, Long> shown(Collection<Long> ids) {
        var found = new LinkedHashMap<Long, Long>();
        jdbc.sql(
                        "select id, coalesce(merged_into, id) as shown from contact where id = any(:ids::bigint[]) order by id")
                .param("ids", ids.toArray(Long[]::new))
                .query(row -> {
                    found.put(row.getLong("id"), row.getLong("shown"));
                });
        return found;
    }

    List<Contact> users(long identifierId, int limit) {
        return jdbc.sql(CONTACTS + """
                        where c.id in (
                            select coalesce(o.merged_into, o.id) from identifier_use u join contact o on o.id = u.contact_id
                            where u.identifier_id = :identifier and u.state <> 'retired')
                        order by c.created_at, c.id limit :limit
                        """)
                .param("identifier", identifierId)
                .param("limit", limit)
                .query((row, n) -> contact(row))
                .list();
    }

    /** Those that use an identifier beside a contact, as it is shown, in order of id; none where it doesn't use it itself. */
    List<Long> otherUsers(long identifierId, long contactId) {
        return jdbc.sql("""
                        with users as (
                            select o.id, coalesce(o.merged_into, o.id) as shown from identifier_use u join contact o on o.id = u.contact_id
                            where u.identifier_id = ? and u.state <> 'retired')
                        select id from users where shown <> ? and exists (select from users where shown = ?) order by id
                        """)
                .params(identifierId, contactId, contactId)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /** For each of the contacts what it and all that are merged into it use. */
    Map<Long, List<IdentifierUse>> uses(Collection<Long> contactIds) {
        var found = new LinkedHashMap<Long, List<IdentifierUse>>();
        jdbc.sql("""
                        select asked.id as asked, u.*, i.kind, i.value, c.shared_mailbox, c.staff_set
                        from unnest(:ids::bigint[]) as asked(id)
                        cross join lateral family_of(asked.id) m
                        join contact c on c.id = m.id
                        join identifier_use u on u.contact_id = m.id
                        join identifier i on i.id = u.identifier_id
                        order by asked.id, u.state = 'retired', i.kind, u.since, i.value
                        """)
                .param("ids", contactIds.stream().distinct().toArray(Long[]::new))
                .query(row -> {
                    found.computeIfAbsent(row.getLong("asked"), id -> new ArrayList<>())
                            .add(use(row));
                });
        return found;
    }

    /** Whether a contact that is one with this one uses the identifier. */
    boolean usedByFamily(long identifierId, long contactId) {
        return jdbc.sql("""
                        select count(*) from identifier_use u join contact o on o.id = u.contact_id
                        where u.identifier_id = :identifier and u.state <> 'retired' and o.id <> :contact
                            and coalesce(o.merged_into, o.id) = (select coalesce(merged_into, id) from contact where id = :contact)
                        """)
                        .param("identifier", identifierId)
                        .param("contact", contactId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** @return false where there is no such identifier any more */
    boolean lockIdentifier(long identifierId) {
        return jdbc.sql("select id from identifier where id = :id for no key update")
                .param("id", identifierId)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    Optional<String> useState(long identifierId, long contactId) {
        return jdbc.sql("select state from identifier_use where identifier_id = :identifier and contact_id = :contact")
                .param("identifier", identifierId)
                .param("contact", contactId)
                .query(String.class)
                .optional();
    }

    /** Whether another contact is the one whom the identifier decides for under a name. */
    boolean decidesForAnother(long identifierId, @Nullable String nameKey, long contactId) {
        return jdbc.sql("""
                        select count(*) from identifier_use where identifier_id = :identifier and name_key = :key
                            and contact_id <> :contact and state <> 'retired'
                        """)
                        .param("identifier", identifierId)
                        .param("key", nameKey)
                        .param("contact", contactId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The name in the latest public list that has the contact. */
    Optional<String> listedName(long contactId) {
        return jdbc.sql("select listed_name from contact where id = :id and listed_name is not null")
                .param("id", contactId)
                .query(String.class)
                .optional();
    }

    Optional<Identifier> identifier(long identifierId) {
        return jdbc.sql("select kind, value from identifier where id = :id")
                .param("id", identifierId)
                .query((row, n) -> new Identifier(IdentifierKind.of(row.getString("kind")), row.getString("value")))
                .optional();
    }

    private static IdentifierUse use(ResultSet row) throws SQLException {
        return new IdentifierUse(
                row.getLong("contact_id"),
                row.getLong("identifier_id"),
                new Identifier(IdentifierKind.of(row.getString("kind")), row.getString("value")),
                row.getString("as_written"),
                state(row),
                row.getString("source"),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                verified(row));
    }

    /** An address from which several people write, as its name or staff say, is shared though one contact has it. */
    private static IdentifierUse.State state(ResultSet row) throws SQLException {
        var state = IdentifierUse.State.of(row.getString("state"));
        if (state != IdentifierUse.State.SOLE || !row.getString("kind").equals(IdentifierKind.EMAIL.code())) {
            return state;
        }
        boolean several = row.getBoolean("shared_mailbox")
                || !writersByStaff(row)
                        && Mailboxes.isOfMany(new Identifier(IdentifierKind.EMAIL, row.getString("value")));
        return several ? IdentifierUse.State.OF_SEVERAL : state;
    }

    private static boolean writersByStaff(ResultSet row) throws SQLException {
        return List.of((String[]) row.getArray("staff_set").getArray()).contains("writers");
    }

    private static IdentifierUse.@Nullable Verified verified(ResultSet row) throws SQLException {
        if (row.getString("kind").equals(IdentifierKind.HANDLE.code())
                && row.getString("source").startsWith(UseDraft.RECEIPT)) {
            return IdentifierUse.Verified.BY_PLATFORM;
        }
        var at = moment(row, "verified_at");
        return at == null ? null : new IdentifierUse.Verified(at, row.getString("verified_by"));
    }

    private static Contact contact(ResultSet row) throws SQLException {
        return new Contact(
                row.getLong("id"),
                Contact.Kind.of(row.getString("kind")),
                Category.of(row.getString("category")).orElseThrow(),
                row.getString("name"),
                row.getString("name_source").equals("staff"),
                row.getString("item_name"),
                row.getString("organisation"),
                row.getBoolean("identified"),
                row.getString("source"),
                row.getBoolean("shared_mailbox"),
                writersByStaff(row),
                number(row, "at_organisation"),
                number(row, "merged_into"),
                moment(row, "erased_at"),
                row.getInt("version"),
                Family.of(row));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
