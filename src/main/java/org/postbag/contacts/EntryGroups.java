package org.postbag.contacts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.postbag.contacts.ListingTables.Clue;
import org.postbag.contacts.ListingTables.Entry;

/** Which entries are one contact: those that ever had the same deciding address with the same whole name, and those that such an entry ties together. */
final class EntryGroups {

    /** Entries of one contact, and what they have that tells who it is. */
    record Group(List<Entry> entries, List<Clue> clues) {}

    private record Pair(long identifierId, String nameKey) {}

    private final Map<Long, Long> above = new HashMap<>();
    private final Map<Long, Group> groups = new TreeMap<>();

    EntryGroups(Collection<Entry> entries, List<Clue> clues) {
        var firstWith = new HashMap<Pair, Long>();
        for (var clue : clues) {
            var other = firstWith.putIfAbsent(new Pair(clue.identifierId(), clue.nameKey()), clue.entryId());
            if (other != null) {
                above.put(top(clue.entryId()), top(other));
            }
        }
        entries.forEach(entry -> group(entry.id()).entries().add(entry));
        clues.forEach(clue -> group(clue.entryId()).clues().add(clue));
    }

    private Group group(long entryId) {
        return groups.computeIfAbsent(top(entryId), _ -> new Group(new ArrayList<>(), new ArrayList<>()));
    }

    private long top(long entryId) {
        long at = entryId;
        while (above.containsKey(at)) {
            long next = Objects.requireNonNull(above.get(at));
            if (next == at) {
                return at;
            }
            at = next;
        }
        return at;
    }

    Collection<Group> groups() {
        return groups.values();
    }
}
