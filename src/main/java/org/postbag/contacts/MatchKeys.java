package org.postbag.contacts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postbag.contacts.matching.Keys;
import org.postbag.contacts.matching.Traits;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What contacts are found by when another is compared, and what they are compared by, as it was when each had its own turn: reading that together anew from
 * all that is known of a contact takes ten times as long. Who changed since waits for a turn, and is compared with what is kept here then.
 */
@Component
class MatchKeys {

    private final JdbcClient jdbc;

    MatchKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps what contacts are found and compared by. Nobody else may write meanwhile.
     *
     * @param ids whose turn it is; those that {@code known} tells nothing of are found by nothing any more
     * @return by contact, who shares a key with it that few have
     */
    Map<Long, Set<Long>> write(Collection<Long> ids, Map<Long, Traits> known) {
        var keys = new HashMap<Long, Set<Long>>();
        known.forEach((id, traits) -> keys.put(id, Keys.of(traits)));
        var had = keys(ids);
        remove(without(had, keys));
        add(without(keys, had));
        writeTraits(ids, known, keys);
        return candidates(keys);
    }

    private Map<Long, Set<Long>> keys(Collection<Long> ids) {
        var keys = new HashMap<Long, Set<Long>>();
        jdbc.sql("select contact_id, unnest(keys) from contact_traits where contact_id = any(:ids::bigint[])")
                .param("ids", ids.toArray(Long[]::new))
                .query(row -> {
                    keys.computeIfAbsent(row.getLong(1), _ -> new HashSet<>()).add(row.getLong(2));
                });
        return keys;
    }

    /** A contact's key, in the order of the table's index. */
    private record Row(long key, long contactId) {}

    private static List<Row> without(Map<Long, Set<Long>> some, Map<Long, Set<Long>> others) {
        return some.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(key ->
                                !others.getOrDefault(entry.getKey(), Set.of()).contains(key))
                        .map(key -> new Row(key, entry.getKey())))
                .sorted(Comparator.comparingLong(Row::key).thenComparingLong(Row::contactId))
                .toList();
    }

    private void remove(List<Row> rows) {
        update("""
                delete from contact_key c using unnest(:keys::bigint[], :contacts::bigint[]) as k(key, contact_id)
                where c.key = k.key and c.contact_id = k.contact_id
                """, rows);
    }

    private void add(List<Row> rows) {
        update(
                "insert into contact_key (key, contact_id) select * from unnest(:keys::bigint[], :contacts::bigint[])",
                rows);
    }

    private void update(String sql, List<Row> rows) {
        if (!rows.isEmpty()) {
            jdbc.sql(sql)
                    .param("keys", rows.stream().map(Row::key).toArray(Long[]::new))
                    .param("contacts", rows.stream().map(Row::contactId).toArray(Long[]::new))
                    .update();
        }
    }

    private void writeTraits(Collection<Long> ids, Map<Long, Traits> known, Map<Long, Set<Long>> keys) {
        var kept = new ArrayList<Long>();
        var lines = new ArrayList<String>();
        var arrays = new ArrayList<String>();
        known.forEach((id, traits) -> {
            kept.add(id);
            lines.add(String.join("\n", traits.lines()));
            arrays.add(array(keys.getOrDefault(id, Set.of())));
        });
        jdbc.sql("""
                        with own as (
                            select id, traits, keys::bigint[] as keys from unnest(:kept::bigint[], :traits::text[], :keys::text[]) as k(id, traits, keys)),
                        gone as (
                            delete from contact_traits t where t.contact_id = any(:ids::bigint[])
                                and not exists (select from own where own.id = t.contact_id))
                        insert into contact_traits (contact_id, traits, keys) select id, traits, keys from own order by id
                        on conflict (contact_id) do update set traits = excluded.traits, keys = excluded.keys
                            where (contact_traits.traits, contact_traits.keys) <> (excluded.traits, excluded.keys)
                        """)
                .param("kept", kept.toArray(Long[]::new))
                .param("traits", lines.toArray(String[]::new))
                .param("keys", arrays.toArray(String[]::new))
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    /** As PostgreSQL reads an array, in order. */
    private static String array(Set<Long> keys) {
        return keys.stream().sorted().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private Map<Long, Set<Long>> candidates(Map<Long, Set<Long>> keys) {
        var asked = new TreeSet<Long>();
        keys.values().forEach(asked::addAll);
        var holders = new HashMap<Long, List<Long>>();
        jdbc.sql("""
                        select k.key, h.contact_id from unnest(:keys::bigint[]) as k(key)
                        cross join lateral (select contact_id from contact_key where key = k.key limit :max) h
                        """)
                .param("keys", asked.toArray(Long[]::new))
                .param("max", Keys.GROUP_MAX + 1)
                .query(row -> {
                    holders.computeIfAbsent(row.getLong(1), key -> new ArrayList<>())
                            .add(row.getLong(2));
                });
        var candidates = new HashMap<Long, Set<Long>>();
        keys.forEach((id, own) -> {
            var found = new HashSet<Long>();
            for (var key : own) {
                var who = holders.getOrDefault(key, List.of());
                if (who.size() <= Keys.GROUP_MAX) {
                    found.addAll(who);
                }
            }
            found.remove(id);
            candidates.put(id, found);
        });
        return candidates;
    }

    /** What these contacts are compared by. */
    Map<Long, Traits> traits(Collection<Long> ids) {
        var traits = new HashMap<Long, Traits>();
        jdbc.sql("select contact_id, traits from contact_traits where contact_id = any(:ids::bigint[])")
                .param("ids", ids.toArray(Long[]::new))
                .query(row -> {
                    traits.put(
                            row.getLong(1), Traits.read(row.getString(2).lines().toList()));
                });
        return traits;
    }
}
