package org.postbag.contacts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Listings.Listed;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of lists, their entries and what they say: one statement for all rows of a kind, sorted by key. */
final class ListingTables {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    ListingTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What names an entry. */
    record EntryKey(String profile, String key) implements Comparable<EntryKey> {

        static EntryKey of(Listed item) {
            var series = item.receipt().series();
            return new EntryKey(
                    ListFiles.profileOf(item),
                    series == null ? item.receipt().id().hex() : series);
        }

        @Override
        public int compareTo(EntryKey other) {
            int byProfile = profile.compareTo(other.profile);
            return byProfile != 0 ? byProfile : key.compareTo(other.key);
        }
    }

    /** The entries of these names, made where there are none yet, and locked. */
    Map<EntryKey, Long> lockEntries(List<Listed> items) {
        var keys = new TreeSet<EntryKey>();
        items.forEach(item -> keys.add(EntryKey.of(item)));
        var profiles = keys.stream().map(EntryKey::profile).toArray(String[]::new);
        var names = keys.stream().map(EntryKey::key).toArray(String[]::new);
        jdbc.sql("""
                        insert into register_entry (profile, key)
                        select k.profile, k.key from unnest(:profiles::text[], :keys::text[]) as k(profile, key)
                        where not exists (select from register_entry e where e.profile = k.profile and e.key = k.key)
                        order by k.profile collate "C", k.key collate "C"
                        on conflict do nothing
                        """).param("profiles", profiles).param("keys", names).update();
        var ids = new HashMap<EntryKey, Long>();
        jdbc.sql("""
                        select e.id, e.profile, e.key
                        from unnest(:profiles::text[], :keys::text[]) as k(profile, key)
                        join register_entry e on e.profile = k.profile and e.key = k.key
                        order by e.profile collate "C", e.key collate "C"
                        for update of e
                        """).param("profiles", profiles).param("keys", names).query(row -> {
            ids.put(new EntryKey(row.getString("profile"), row.getString("key")), row.getLong("id"));
        });
        return ids;
    }

    void lockEntries(Collection<Long> ids) {
        jdbc.sql("""
                        select id from register_entry where id = any(:ids::bigint[])
                        order by profile collate "C", key collate "C" for update
                        """)
                .param("ids", ids.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** All addresses that entries ever gave. */
    Set<Identifier> addresses(Collection<Long> entryIds) {
        return new HashSet<>(jdbc.sql("""
                        select distinct i.kind, i.value
                        from register_sighting s
                        join register_address a on a.receipt_id = s.receipt_id
                        join identifier i on i.id = a.identifier_id
                        where s.entry_id = any(:ids::bigint[])
                        """)
                .param("ids", entryIds.toArray(Long[]::new))
                .query((row, n) -> new Identifier(IdentifierKind.of(row.getString("kind")), row.getString("value")))
                .list());
    }

    /** A sighting as it is written. */
    record Sighting(Listed item, long entryId, long listId, List<Clues.ListedAddress> addresses) {}

    void insert(List<Sighting> sightings, Map<Identifier, Long> identifiers) {
        jdbc.sql("""
                        insert into register_sighting (receipt_id, entry_id, list_id, seen_on, received_at, name_key, says, damaged)
                        select receipt, entry, list, seen::date, received::timestamptz, name_key, says::jsonb, string_to_array(damaged, chr(31))
                        from unnest(:receipts::text[], :entries::bigint[], :lists::bigint[], :seen::text[], :received::text[], :names::text[], :says::text[],
                            :damaged::text[]) as k(receipt, entry, list, seen, received, name_key, says, damaged)
                        """)
                .param("receipts", each(sightings, s -> s.item().receipt().id().hex()))
                .param("entries", sightings.stream().map(Sighting::entryId).toArray(Long[]::new))
                .param("lists", sightings.stream().map(Sighting::listId).toArray(Long[]::new))
                .param("seen", each(sightings, s -> s.item().entry().seen().toString()))
                .param(
                        "received",
                        each(sightings, s -> s.item().receipt().receivedAt().toString()))
                .param("names", each(sightings, s -> Clues.nameKey(s.item().entry())))
                .param(
                        "damaged",
                        each(
                                sightings,
                                s -> String.join("\u001f", s.item().entry().damaged())))
                .param(
                        "says",
                        each(
                                sightings,
                                s -> JSON.writeValueAsString(
                                        ListedField.says(s.item().entry()))))
                .update();
        record Address(Sighting sighting, Clues.ListedAddress address) {}
        var all = new ArrayList<Address>();
        sightings.forEach(s -> s.addresses().forEach(a -> all.add(new Address(s, a))));
        jdbc.sql("""
                        insert into register_address (receipt_id, identifier_id, decides, listed_key, as_written)
                        select * from unnest(:receipts::text[], :identifiers::bigint[], :decides::boolean[], :keys::text[], :written::text[])
                        """)
                .param(
                        "receipts",
                        each(all, a -> a.sighting().item().receipt().id().hex()))
                .param(
                        "identifiers",
                        all.stream()
                                .map(a -> identifiers.get(a.address().identifier()))
                                .toArray(Long[]::new))
                .param("decides", all.stream().map(a -> a.address().decides()).toArray(Boolean[]::new))
                .param("keys", each(all, a -> a.address().key()))
                .param("written", each(all, a -> a.address().written()))
                .update();
        jdbc.sql("""
                        update register_entry e set latest = s.receipt_id
                        from (select distinct on (entry_id) entry_id, receipt_id from register_sighting where entry_id = any(:ids::bigint[])
                            order by entry_id, seen_on desc, received_at desc, receipt_id desc) s
                        where e.id = s.entry_id and e.latest is distinct from s.receipt_id
                        """)
                .param(
                        "ids",
                        sightings.stream().map(Sighting::entryId).distinct().toArray(Long[]::new))
                .update();
    }

    private static <T> String[] each(List<T> all, java.util.function.Function<T, @Nullable String> of) {
        return all.stream().map(of).toArray(String[]::new);
    }

    /** The entries that ever had a deciding address and a whole name of one of these: see {@link Listings}. */
    Set<Long> neighbours(Collection<Long> entryIds) {
        return new HashSet<>(jdbc.sql("""
                        with pair as (
                            select distinct a.identifier_id, s.name_key
                            from register_sighting s join register_address a on a.receipt_id = s.receipt_id and a.decides
                            where s.entry_id = any(:ids::bigint[]) and s.name_key is not null)
                        select distinct s.entry_id
                        from pair p
                        join register_address a on a.identifier_id = p.identifier_id and a.decides
                        join register_sighting s on s.receipt_id = a.receipt_id and s.name_key = p.name_key
                        """)
                .param("ids", entryIds.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list());
    }

    /**
     * An entry with an address and a name that it has, or had.
     *
     * @param known who wrote or rang from the address under such a name, or under any: their name is still to be compared. Null where nobody
     * @param anyName whether the contact has the address whatever the name
     */
    record Clue(
            long entryId,
            long identifierId,
            String nameKey,
            @Nullable Long known,
            boolean anyName) {}

    List<Clue> clues(Collection<Long> entryIds) {
        return jdbc.sql("""
                        select distinct s.entry_id, a.identifier_id, s.name_key, u.contact_id, u.name_key = '' as any_name
                        from register_sighting s
                        join register_address a on a.receipt_id = s.receipt_id and a.decides
                        left join identifier_use u on u.identifier_id = a.identifier_id and u.name_key = a.listed_key and u.state <> 'retired'
                            and (u.source like 'receipt:%' or u.source like 'claim:%')
                        where s.entry_id = any(:ids::bigint[]) and s.name_key is not null
                        """)
                .param("ids", entryIds.toArray(Long[]::new))
                .query((row, n) -> {
                    long known = row.getLong("contact_id");
                    return new Clue(
                            row.getLong("entry_id"),
                            row.getLong("identifier_id"),
                            row.getString("name_key"),
                            row.wasNull() ? null : known,
                            row.getBoolean("any_name"));
                })
                .list();
    }

    /**
     * An entry as it stands.
     *
     * @param contactId whose it is so far, or null
     * @param first when its earliest sighting was received, and its receipt
     */
    record Entry(long id, @Nullable Long contactId, ContactDraft.Moment first, String source) {}

    SortedMap<Long, Entry> entries(Collection<Long> ids) {
        var found = new TreeMap<Long, Entry>();
        jdbc.sql("""
                        select distinct on (e.id) e.id, e.contact_id, s.received_at, s.receipt_id, l.source
                        from register_entry e
                        join register_sighting s on s.entry_id = e.id
                        join register_list l on l.id = s.list_id
                        where e.id = any(:ids::bigint[])
                        order by e.id, s.received_at, s.receipt_id
                        """).param("ids", ids.toArray(Long[]::new)).query(row -> {
            long contactId = row.getLong("contact_id");
            boolean tied = !row.wasNull();
            found.put(
                    row.getLong("id"),
                    new Entry(
                            row.getLong("id"),
                            tied ? contactId : null,
                            new ContactDraft.Moment(
                                    row.getObject("received_at", java.time.OffsetDateTime.class)
                                            .toInstant(),
                                    row.getString("receipt_id")),
                            row.getString("source")));
        });
        return found;
    }

    void tie(Map<Long, Long> contactsByEntry) {
        var entries = contactsByEntry.keySet().stream().sorted().toList();
        jdbc.sql("""
                        update register_entry e set contact_id = k.contact
                        from unnest(:entries::bigint[], :contacts::bigint[]) as k(entry, contact)
                        where e.id = k.entry and e.contact_id is distinct from k.contact
                        """)
                .param("entries", entries.toArray(Long[]::new))
                .param("contacts", entries.stream().map(contactsByEntry::get).toArray(Long[]::new))
                .update();
    }
}
