package org.postbag.search;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What comparing an index with the record found.
 *
 * @param inRecord enquiries that are to be found
 * @param inIndex documents
 * @param contents how many documents were compared by what they say
 * @param waiting enquiries that differ, and have work that waits: no fault
 * @param counts of what is wrong
 * @param wrong the first of them, without content
 */
public record Compared(
        long inRecord, long inIndex, long contents, long waiting, Map<Fault, Long> counts, List<Wrong> wrong) {

    public enum Fault {
        /** Filed, but not in the index. */
        MISSING,
        /** The index says something else than the record does, or is of a later state of it, as after a restore. */
        OLD,
        /** In the index, but filed no more, or erased. */
        LEFT_OVER,
        /** The engine would not take its content; known since it was written, and told to staff. */
        REFUSED
    }

    /** @param reference null where nothing is filed under the id */
    public record Wrong(
            Fault fault, long enquiryId, @Nullable String reference) {}

    public Compared {
        var all = new EnumMap<Fault, Long>(Fault.class);
        for (var fault : Fault.values()) {
            all.put(fault, counts.getOrDefault(fault, 0L));
        }
        counts = Map.copyOf(all);
        wrong = List.copyOf(wrong);
    }

    public long count(Fault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    /** Whether what can be found is what is filed, save what the engine refused. */
    public boolean isComplete() {
        return count(Fault.MISSING) + count(Fault.OLD) + count(Fault.LEFT_OVER) == 0;
    }

    /** Whether nothing is wrong at all. */
    public boolean isRight() {
        return isComplete() && count(Fault.REFUSED) == 0;
    }
}
