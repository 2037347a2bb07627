package org.postbag.audit;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

    /** Removes the personal values of subjects; the events stay. */
    void forget(Collection<Subject> subjects);

    default void forget(Subject subject) {
        forget(List.of(subject));
    }

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
