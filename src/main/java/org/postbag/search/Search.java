package org.postbag.search;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.StaffMember;

/**
 * Searching, for staff. A question is kept under an id that says nothing, since what staff look for is personal data and must never stand in a URL;
 * only who asked may open it, for 30 days. Each page that is shown leaves an event in the trail, which names the question by its id: it is kept for a year.
 */
public interface Search {

    /** Keeps a question (but not its {@link Query#after}). */
    UUID ask(Query query, StaffMember member);

    /** What was asked; empty where it is unknown, forgotten or somebody else's. */
    Optional<Query> asked(UUID id, StaffMember member);

    /**
     * A page of the answer. Each hit is read again in PostgreSQL, and only what is there, not erased and not past its date is in it.
     *
     * @param after where the page before ended, or null for the first
     * @return empty where the question is unknown, forgotten or somebody else's
     * @throws SearchUnavailable where the index doesn't answer
     * @throws IllegalArgumentException where {@code after} comes from a search in another order
     */
    Optional<Results> page(UUID id, @Nullable After after, StaffMember member);
}
