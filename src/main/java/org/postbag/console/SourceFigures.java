package org.postbag.console;

import java.time.Instant;
import java.util.Optional;

/** What is known of the sources of routes, for the page that stops them and for Home. Nothing is asked for it, so that no page waits for a source. */
public interface SourceFigures {

    /** What waits at a route's source, such as {@code 2 waiting}, with the time where that is old; empty where it isn't known. */
    String waiting(String route);

    /** Why a route that runs gets nothing from its source; empty where it gets what there is. */
    Optional<Problem> problem(String route);

    /** @param words what is wrong, as the middle of a sentence */
    record Problem(String words, Instant since) {}
}
