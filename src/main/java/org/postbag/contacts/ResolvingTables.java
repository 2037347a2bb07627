package org.postbag.contacts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of resolving, but that of contacts: one statement for all rows of a kind, sorted by key. Times go as ISO 8601 text. */
final class ResolvingTables {

    private static final int LOCK_ATTEMPTS_MAX = 5;

    private final JdbcClient jdbc;

    ResolvingTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param nameKey null asks only whether anyone uses the identifier */
    record Asked(long identifierId, @Nullable String nameKey) {}

    /**
     * @param deciding the uses that decide what was asked
     * @param used the identifiers that anyone uses
     */
    record Found(List<UseDraft> deciding, Set<Long> used) {}

    record Pair(long identifierId, long contactId) {}

    Map<Identifier, Long> lockIdentifiers(SortedSet<Identifier> identifiers) {
        if (identifiers.isEmpty()) {
            return Map.of();
        }
        for (int attempt = 0; attempt < LOCK_ATTEMPTS_MAX; attempt++) {
            var ids = insertAndLock(identifiers);
            if (ids.size() == identifiers.size()) {
                return ids;
            }
            // One went, by erasure, between being seen and being locked.
        }
        throw new CannotAcquireLockException("Identifiers keep going while they are locked");
    }

    private Map<Identifier, Long> insertAndLock(SortedSet<Identifier> identifiers) {
        var kinds = identifiers.stream().map(i -> i.kind().code()).toArray(String[]::new);
        var values = identifiers.stream().map(Identifier::value).toArray(String[]::new);
        jdbc.sql("""
                        insert into identifier (kind, value)
                        select k.kind, k.value from unnest(:kinds::text[], :values::text[]) as k(kind, value)
                        where not exists (select from identifier i where i.kind = k.kind and i.value = k.value)
                        order by k.kind collate "C", k.value collate "C"
                        on conflict do nothing
                        """).param("kinds", kinds).param("values", values).update();
        var ids = new HashMap<Identifier, Long>();
        jdbc.sql("""
                        select i.id, i.kind, i.value
                        from unnest(:kinds::text[], :values::text[]) as k(kind, value)
                        join identifier i on i.kind = k.kind and i.value = k.value
                        order by i.kind collate "C", i.value collate "C"
                        for no key update of i
                        """).param("kinds", kinds).param("values", values).query(row -> {
            ids.put(
                    new Identifier(IdentifierKind.of(row.getString("kind")), row.getString("value")),
                    row.getLong("id"));
        });
        return ids;
    }

    Found uses(List<Asked> asked) {
        if (asked.isEmpty()) {
            return new Found(List.of(), Set.of());
        }
        var distinct = new ArrayList<>(new HashSet<>(asked));
        var deciding = new ArrayList<UseDraft>();
        var used = new HashSet<Long>();
        jdbc.sql("""
                        select k.identifier_id as asked, k.name_key, u.contact_id, u.source, u.since, u.as_written,
                            exists (select from identifier_use o
                                    where o.identifier_id = k.identifier_id and o.state <> 'retired') as used
                        from unnest(:ids::bigint[], :keys::text[]) as k(identifier_id, name_key)
                        left join identifier_use u
                            on u.identifier_id = k.identifier_id and u.name_key = k.name_key and u.state <> 'retired'
                        """)
                .param("ids", distinct.stream().map(Asked::identifierId).toArray(Long[]::new))
                .param("keys", distinct.stream().map(Asked::nameKey).toArray(String[]::new))
                .query(row -> {
                    long identifierId = row.getLong("asked");
                    if (row.getBoolean("used")) {
                        used.add(identifierId);
                    }
                    long contactId = row.getLong("contact_id");
                    if (!row.wasNull()) {
                        deciding.add(UseDraft.there(
                                identifierId,
                                contactId,
                                row.getString("name_key"),
                                row.getString("source"),
                                ContactDraftTable.moment(row, "since"),
                                row.getString("as_written")));
                    }
                });
        return new Found(deciding, used);
    }

    /** What contacts are known by. */
    List<Pair> usedBy(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(
                                "select identifier_id, contact_id from identifier_use where contact_id = any(:ids::bigint[]) and state <> 'retired'")
                        .param("ids", ids.toArray(Long[]::new))
                        .query((row, n) -> new Pair(row.getLong(1), row.getLong(2)))
                        .list();
    }

    /** A use that was sole becomes shared before its second one comes. */
    void insertUses(List<UseDraft> uses, Set<Long> shared, Set<Long> usedBefore) {
        var joined = shared.stream().filter(usedBefore::contains).toArray(Long[]::new);
        if (joined.length > 0) {
            jdbc.sql(
                            "update identifier_use set state = 'shared' where identifier_id = any(:ids::bigint[]) and state = 'sole'")
                    .param("ids", joined)
                    .update();
        }
        if (uses.isEmpty()) {
            return;
        }
        written(jdbc.sql("""
                        insert into identifier_use (identifier_id, contact_id, name_key, state, source, as_written, since)
                        select identifier_id, contact_id, name_key, state, source, as_written, since::timestamptz
                        from unnest(:identifiers::bigint[], :contacts::bigint[], :keys::text[], :states::text[], :sources::text[], :written::text[],
                            :since::text[]) as k(identifier_id, contact_id, name_key, state, source, as_written, since)
                        """), uses)
                .param("keys", uses.stream().map(u -> u.nameKey).toArray(String[]::new))
                .param(
                        "states",
                        uses.stream()
                                .map(u -> shared.contains(u.identifierId) ? "shared" : "sole")
                                .toArray(String[]::new))
                .update();
    }

    void updateUses(List<UseDraft> uses) {
        if (uses.isEmpty()) {
            return;
        }
        written(jdbc.sql("""
                        update identifier_use u set source = k.source, as_written = k.as_written, since = k.since::timestamptz
                        from unnest(:identifiers::bigint[], :contacts::bigint[], :sources::text[], :written::text[], :since::text[])
                            as k(identifier_id, contact_id, source, as_written, since)
                        where u.identifier_id = k.identifier_id and u.contact_id = k.contact_id
                        """), uses).update();
    }

    private static JdbcClient.StatementSpec written(JdbcClient.StatementSpec sql, List<UseDraft> uses) {
        return sql.param("identifiers", uses.stream().map(u -> u.identifierId).toArray(Long[]::new))
                .param("contacts", uses.stream().map(u -> u.contactId).toArray(Long[]::new))
                .param("sources", uses.stream().map(UseDraft::source).toArray(String[]::new))
                .param("written", uses.stream().map(UseDraft::asWritten).toArray(String[]::new))
                .param("since", uses.stream().map(UseDraft::since).toArray(String[]::new));
    }

    void insertClaims(List<Resolving.KeptClaim> claims) {
        if (claims.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into claim (enquiry_id, contact_id, kind, value, identifier_id)
                        select * from unnest(:enquiries::bigint[], :contacts::bigint[], :kinds::text[], :values::text[], :identifiers::bigint[])
                        """)
                .param(
                        "enquiries",
                        claims.stream().map(Resolving.KeptClaim::enquiryId).toArray(Long[]::new))
                .param(
                        "contacts",
                        claims.stream().map(Resolving.KeptClaim::contactId).toArray(Long[]::new))
                .param(
                        "kinds",
                        claims.stream().map(c -> c.claim().kind().code()).toArray(String[]::new))
                .param("values", claims.stream().map(c -> c.claim().value()).toArray(String[]::new))
                .param(
                        "identifiers",
                        claims.stream().map(c -> c.claim().identifierId()).toArray(Long[]::new))
                .update();
    }
}
