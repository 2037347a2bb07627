package org.postbag.audit;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The trail. Append-only: the application's role in the database cannot update or delete an event. Takes part in the caller's transaction. */
public interface AuditTrail {

    void record(List<AuditEvent> events);

    default void record(AuditEvent event) {
        record(List.of(event));
    }

    /** The events about a subject, newest first, at most {@code limit}. */
    List<Entry> history(Subject subject, int limit);

    /** What was done to a subject from a moment until before another, newest first, at most {@code limit}: looks, searches and downloads are left out. */
    List<Entry> changes(Subject subject, Instant from, Instant until, int limit);

    /**
     * The events about subjects of some kinds, newest first. Made for kinds that an index of their own finds (V34).
     *
     * @param only which of them
     * @param limit how many at most
     */
    List<Line> latest(Only only, int limit);

    /** Removes the personal values of subjects; the events stay. */
    void forget(Collection<Subject> subjects);

    default void forget(Subject subject) {
        forget(List.of(subject));
    }

    /**
     * Which events are asked for.
     *
     * @param kinds of subjects; of receipts only what staff did with them in quarantine
     * @param id the one subject, or null for all
     * @param member the number of the member of staff who did it, or null for anybody
     * @param before the number of the event that they came before
     */
    record Only(
            Set<String> kinds,
            @Nullable String id,
            @Nullable Long member,
            long before) {

        public Only {
            kinds = Set.copyOf(kinds);
        }
    }

    /** An event with what it is about. */
    record Line(long number, Subject subject, Entry entry) {}

    /** One line of the trail as shown; {@code before} and {@code after} are null where there were none or they were erased. */
    record Entry(
            Instant at,
            String actor,
            String actorName,
            Action action,
            @Nullable String detail,
            @Nullable String before,
            @Nullable String after) {}
}
