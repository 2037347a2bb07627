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
import org.postbag.contacts.ListedUseTable.Given;
import org.postbag.contacts.ListedUseTable.Key;
import org.postbag.contacts.ListedUseTable.Use;
import org.postbag.staff.UkTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes the uses of locked identifiers what lists say of them: an address that a contact's entries give is in use, one that none gives any more is
 * retired; and one decides whose an item is only where a single contact has it.
 */
final class ListedUses {

    private final ListedUseTable table;

    ListedUses(JdbcClient jdbc) {
        this.table = new ListedUseTable(jdbc);
    }

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
        var before = table.uses(identifierIds);
        var given = table.given(identifierIds, contactIds);
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
        table.store(before, after);
        return written(before, after, changed);
    }

    private static Use use(@Nullable Use before, Given says) {
        if (before == null) {
            return new Use(
                    says.key(),
                    says.key(),
                    says.now() ? "shared" : ListedUseTable.RETIRED,
                    !says.now(),
                    false,
                    says.source(),
                    says.asWritten(),
                    says.since());
        }
        if (!before.isListed()) {
            return before;
        }
        boolean byStaff = before.state().equals(ListedUseTable.RETIRED) && !before.retiredByList();
        boolean inUse = (says.now() || before.keptByStaff()) && !byStaff;
        return new Use(
                says.key(),
                says.key(),
                inUse ? "shared" : ListedUseTable.RETIRED,
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
                return use.isListed() ? use.deciding(use.listedKey(), ListedUseTable.RETIRED) : use;
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
        var values = table.identifiers(
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
}
