package org.postbag.contacts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
     * Keeps what contacts are found and compared by.
     *
     * @param ids whose turn it is; those that {@code known} tells nothing of are found by nothing any more
     * @return by contact, who shares a key with it that few have
     */
    Map<Long, Set<Long>> write(Collection<Long> ids, Map<Long, Traits> known) {
        var keys = new HashMap<Long, Set<Long>>();
        known.forEach((id, traits) -> keys.put(id, Keys.of(traits)));
        writeKeys(ids, keys);
        writeTraits(ids, known);
        return candidates(keys);
    }

    /** Nobody else writes keys meanwhile (see FindingMatches), so that none need be looked for once more as it is inserted. */
    private void writeKeys(Collection<Long> ids, Map<Long, Set<Long>> keys) {
        var contacts = new ArrayList<Long>();
        var values = new ArrayList<Long>();
        keys.forEach((id, own) -> own.forEach(key -> {
            contacts.add(id);
            values.add(key);
        }));
        jdbc.sql("""
                        with own as (select key, contact_id from unnest(:keys::bigint[], :contacts::bigint[]) as k(key, contact_id)),
                        had as materialized (select key, contact_id from contact_key where contact_id = any(:ids::bigint[])),
                        gone as (
                            delete from contact_key k using had h where k.key = h.key and k.contact_id = h.contact_id
                                and not exists (select from own where own.key = h.key and own.contact_id = h.contact_id))
                        insert into contact_key (key, contact_id)
                        select key, contact_id from own o
                        where not exists (select from had h where h.key = o.key and h.contact_id = o.contact_id) order by key, contact_id
                        """)
                .param("keys", values.toArray(Long[]::new))
                .param("contacts", contacts.toArray(Long[]::new))
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    private void writeTraits(Collection<Long> ids, Map<Long, Traits> known) {
        var kept = new ArrayList<Long>();
        var lines = new ArrayList<String>();
        known.forEach((id, traits) -> {
            kept.add(id);
            lines.add(String.join("\n", traits.lines()));
        });
        jdbc.sql("""
                        with own as (select id, traits from unnest(:kept::bigint[], :traits::text[]) as k(id, traits)),
                        gone as (
                            delete from contact_traits t where t.contact_id = any(:ids::bigint[])
                                and not exists (select from own where own.id = t.contact_id))
                        insert into contact_traits (contact_id, traits) select id, traits from own order by id
                        on conflict (contact_id) do update set traits = excluded.traits where contact_traits.traits <> excluded.traits
                        """)
                .param("kept", kept.toArray(Long[]::new))
                .param("traits", lines.toArray(String[]::new))
                .param("ids", ids.toArray(Long[]::new))
                .update();
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
