package org.postbag.contacts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.Subject;
import org.postbag.staff.UkTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes the uses of locked identifiers what lists say of them: an address that a contact's entries give is in use, one that none gives any more is
 * retired; and one decides whose an item is only where a single contact has it.
 */
final class ListedUses {

    private static final String RETIRED = "retired";

    private final JdbcClient jdbc;

    ListedUses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Key(long identifierId, long contactId) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byIdentifier = Long.compare(identifierId, other.identifierId);
            return byIdentifier != 0 ? byIdentifier : Long.compare(contactId, other.contactId);
        }
    }

    /** A use as it stands in its row. */
    private record Use(
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
    private record Given(
            boolean now, LocalDate seen, @Nullable String key, String source, String asWritten, String since) {}

    /** What was changed, for the trail and for review. */
    record Written(List<Change> changes, MatterTables.Matters matters) {

        /** Those of contacts that were there before. */
        List<AuditEvent> events(Set<Long> newContactIds) {
            return changes.stream()
                    .filter(change -> !newContactIds.contains(change.contactId()))
                    .map(Change::event)
                    .toList();
        }
    }

    record Change(long contactId, Identifier identifier, boolean given, String source, LocalDate seen) {

        AuditEvent event() {
            var detail = "%s, %s by %s (%s on %s)"
                    .formatted(
                            identifier.kind().label(),
                            given ? "given" : "no longer given",
                            source,
                            given ? "seen" : "last seen",
                            UkTime.date(seen));
            return new AuditEvent(
                    JdbcListings.ACTOR,
                    Action.CORRECTED,
                    Subject.contact(contactId),
                    detail,
                    given ? null : identifier.value(),
                    given ? identifier.value() : null);
        }
    }

    Written write(Set<Long> identifierIds, Collection<Long> contactIds) {
        var before = uses(identifierIds);
        var given = given(identifierIds, contactIds);
        var after = new TreeMap<>(before);
        var changed = new TreeMap<Key, Given>();
        before.forEach((key, use) -> {
            // Its entries went to another contact.
            if (use.isListed() && contactIds.contains(key.contactId()) && !given.containsKey(key)) {
                after.remove(key);
            }
        });
        given.forEach((key, says) -> {
            var now = use(before.get(key), says);
            after.put(key, now);
            var was = before.get(key);
            if (now.inUse() != (was != null && was.inUse())) {
                changed.put(key, says);
            }
        });
        decide(after);
        store(before, after);
        return written(before, after, changed);
    }

    private static Use use(@Nullable Use before, Given says) {
        if (before == null) {
            return new Use(
                    says.key(),
                    says.key(),
                    says.now() ? "shared" : RETIRED,
                    !says.now(),
                    false,
                    says.source(),
                    says.asWritten(),
                    says.since());
        }
        if (!before.isListed()) {
            return before;
        }
        boolean byStaff = before.state().equals(RETIRED) && !before.retiredByList();
        boolean inUse = (says.now() || before.keptByStaff()) && !byStaff;
        return new Use(
                says.key(),
                says.key(),
                inUse ? "shared" : RETIRED,
                !inUse && !byStaff,
                before.keptByStaff(),
                says.source(),
                says.asWritten(),
                says.since());
    }

    /** What no item or member of staff gave decides nothing where someone else has it too, so that no order of lists says whose it is. */
    private static void decide(Map<Key, Use> uses) {
        var inUse = new HashMap<Long, Integer>();
        var taken = new HashSet<String>();
        var wanted = new HashMap<String, Integer>();
        uses.forEach((key, use) -> {
            if (!use.inUse()) {
                return;
            }
            inUse.merge(key.identifierId(), 1, Integer::sum);
            if (use.isListed()) {
                wanted.merge(name(key, use.listedKey()), 1, Integer::sum);
            } else if (use.nameKey() != null) {
                taken.add(name(key, use.nameKey()));
            }
        });
        uses.replaceAll((key, use) -> {
            if (!use.inUse()) {
                return use.isListed() ? use.deciding(use.listedKey(), RETIRED) : use;
            }
            var state = inUse.getOrDefault(key.identifierId(), 0) > 1 ? "shared" : "sole";
            if (!use.isListed()) {
                return use.deciding(use.nameKey(), state);
            }
            var name = name(key, use.listedKey());
            boolean decides = wanted.getOrDefault(name, 0) == 1 && !taken.contains(name);
            return use.deciding(decides ? use.listedKey() : null, state);
        });
    }

    private static String name(Key key, @Nullable String nameKey) {
        return key.identifierId() + (nameKey == null ? "" : " " + nameKey);
    }

    private Written written(Map<Key, Use> before, Map<Key, Use> after, Map<Key, Given> changed) {
        var values = identifiers(
                changed.keySet().stream().map(Key::identifierId).distinct().toList());
        var changes = new ArrayList<Change>();
        changed.forEach((key, says) -> changes.add(new Change(
                key.contactId(),
                Objects.requireNonNull(values.get(key.identifierId())),
                Objects.requireNonNull(after.get(key)).inUse(),
                says.source(),
                says.seen())));
        var users = new HashMap<Long, Integer>();
        var listed = new TreeSet<Long>();
        var used = new ArrayList<ResolvingTables.Pair>();
        after.forEach((key, use) -> {
            users.merge(key.identifierId(), 1, Integer::sum);
            if (use.isListed()) {
                listed.add(key.identifierId());
            }
            if (!before.containsKey(key)) {
                used.add(new ResolvingTables.Pair(key.identifierId(), key.contactId()));
            }
        });
        // Also what one has and another had: who filed first must not show.
        listed.removeIf(identifier -> users.getOrDefault(identifier, 0) < 2);
        return new Written(changes, new MatterTables.Matters(Set.of(), Set.of(), listed, List.of(), used, Set.of()));
    }

    private Map<Key, Use> uses(Set<Long> identifierIds) {
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

    private Map<Key, Given> given(Set<Long> identifierIds, Collection<Long> contactIds) {
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

    private Map<Long, Identifier> identifiers(List<Long> ids) {
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
    private void store(Map<Key, Use> before, Map<Key, Use> after) {
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
