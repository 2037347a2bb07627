package org.postbag.contacts;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.UkTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@link ListedUses}: uses of identifiers as they stand, and what lists say of them. */
final class ListedUseTable {

    static final String RETIRED = "retired";

    private final JdbcClient jdbc;

    ListedUseTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Key(long identifierId, long contactId) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byIdentifier = Long.compare(identifierId, other.identifierId);
            return byIdentifier != 0 ? byIdentifier : Long.compare(contactId, other.contactId);
        }
    }

    /** A use as it stands in its row. */
    record Use(
            @Nullable String nameKey,
            @Nullable String listedKey,
            String state,
            boolean retiredByList,
            boolean keptByStaff,
            String source,
            String asWritten,
            String since) {

        boolean isListed() {
            return UseDraft.isListed(source);
        }

        boolean inUse() {
            return !state.equals(RETIRED);
        }

        Use deciding(@Nullable String key, String newState) {
            return new Use(key, listedKey, newState, retiredByList, keptByStaff, source, asWritten, since);
        }
    }

    /** What lists say of a contact's address. */
    record Given(boolean now, LocalDate seen, @Nullable String key, String source, String asWritten, String since) {}

    Map<Key, Use> uses(Set<Long> identifierIds) {
        var found = new TreeMap<Key, Use>();
        jdbc.sql("select * from identifier_use where identifier_id = any(:ids::bigint[])")
                .param("ids", identifierIds.toArray(Long[]::new))
                .query(row -> {
                    found.put(
                            new Key(row.getLong("identifier_id"), row.getLong("contact_id")),
                            new Use(
                                    row.getString("name_key"),
                                    row.getString("listed_key"),
                                    row.getString("state"),
                                    row.getBoolean("retired_by_list"),
                                    row.getBoolean("kept_by_staff"),
                                    row.getString("source"),
                                    row.getString("as_written"),
                                    row.getString("since")));
                });
        return found;
    }

    Map<Key, Given> given(Set<Long> identifierIds, Collection<Long> contactIds) {
        var found = new TreeMap<Key, Given>();
        jdbc.sql("""
                        select distinct on (e.contact_id, a.identifier_id) e.contact_id, a.identifier_id, s.seen_on, a.listed_key, l.source, a.as_written,
                            bool_or(e.latest = s.receipt_id) over one as now,
                            min(s.seen_on) over one as since
                        from register_entry e
                        join register_sighting s on s.entry_id = e.id
                        join register_address a on a.receipt_id = s.receipt_id
                        join register_list l on l.id = s.list_id
                        where e.contact_id = any(:contacts::bigint[]) and a.identifier_id = any(:identifiers::bigint[])
                        window one as (partition by e.contact_id, a.identifier_id)
                        order by e.contact_id, a.identifier_id, s.seen_on desc, s.received_at desc, s.receipt_id desc
                        """)
                .param("contacts", contactIds.toArray(Long[]::new))
                .param("identifiers", identifierIds.toArray(Long[]::new))
                .query(row -> {
                    found.put(
                            new Key(row.getLong("identifier_id"), row.getLong("contact_id")),
                            new Given(
                                    row.getBoolean("now"),
                                    row.getObject("seen_on", LocalDate.class),
                                    row.getString("listed_key"),
                                    row.getString("source"),
                                    row.getString("as_written"),
                                    row.getObject("since", LocalDate.class)
                                            .atStartOfDay(UkTime.ZONE)
                                            .toInstant()
                                            .toString()));
                });
        return found;
    }

    Map<Long, Identifier> identifiers(List<Long> ids) {
        var found = new HashMap<Long, Identifier>();
        jdbc.sql("select id, kind, value from identifier where id = any(:ids::bigint[])")
                .param("ids", ids.toArray(Long[]::new))
                .query(row -> {
                    found.put(
                            row.getLong("id"),
                            new Identifier(IdentifierKind.of(row.getString("kind")), row.getString("value")));
                });
        return found;
    }

    /** First all that changes gives up what it decides, since two uses never decide the same, not even within a statement. */
    void store(Map<Key, Use> before, Map<Key, Use> after) {
        var gone =
                before.keySet().stream().filter(key -> !after.containsKey(key)).toList();
        var different = after.entrySet().stream()
                .filter(one -> !one.getValue().equals(before.get(one.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        if (gone.isEmpty() && different.isEmpty()) {
            return;
        }
        keys(jdbc.sql("""
                        delete from identifier_use u using unnest(:identifiers::bigint[], :contacts::bigint[]) as k(identifier_id, contact_id)
                        where u.identifier_id = k.identifier_id and u.contact_id = k.contact_id
                        """), gone).update();
        keys(jdbc.sql("""
                        update identifier_use u set name_key = null, state = 'shared'
                        from unnest(:identifiers::bigint[], :contacts::bigint[]) as k(identifier_id, contact_id)
                        where u.identifier_id = k.identifier_id and u.contact_id = k.contact_id
                        """), different).update();
        var uses = different.stream()
                .map(key -> Objects.requireNonNull(after.get(key)))
                .toList();
        keys(jdbc.sql("""
                        insert into identifier_use (identifier_id, contact_id, name_key, listed_key, state, retired_by_list, source, as_written, since)
                        select identifier_id, contact_id, name_key, listed_key, state, retired, source, written, since::timestamptz
                        from unnest(:identifiers::bigint[], :contacts::bigint[], :names::text[], :listed::text[], :states::text[], :retired::boolean[],
                            :sources::text[], :written::text[], :since::text[])
                            as k(identifier_id, contact_id, name_key, listed_key, state, retired, source, written, since)
                        on conflict (identifier_id, contact_id) do update set name_key = excluded.name_key, listed_key = excluded.listed_key,
                            state = excluded.state, retired_by_list = excluded.retired_by_list, source = excluded.source,
                            as_written = excluded.as_written, since = excluded.since
                        """), different)
                .param("names", uses.stream().map(Use::nameKey).toArray(String[]::new))
                .param("listed", uses.stream().map(Use::listedKey).toArray(String[]::new))
                .param("states", uses.stream().map(Use::state).toArray(String[]::new))
                .param("retired", uses.stream().map(Use::retiredByList).toArray(Boolean[]::new))
                .param("sources", uses.stream().map(Use::source).toArray(String[]::new))
                .param("written", uses.stream().map(Use::asWritten).toArray(String[]::new))
                .param("since", uses.stream().map(Use::since).toArray(String[]::new))
                .update();
    }

    private static JdbcClient.StatementSpec keys(JdbcClient.StatementSpec sql, List<Key> keys) {
        return sql.param("identifiers", keys.stream().map(Key::identifierId).toArray(Long[]::new))
                .param("contacts", keys.stream().map(Key::contactId).toArray(Long[]::new));
    }
}
