package org.postbag.console.changing;

import java.util.List;
import java.util.Optional;

/** The routes of this node, as files and versions made them. */
public interface RunningRoutes {

    /** The ids of routes that have a file and were read from it well. */
    List<String> ofFiles();

    /** What the file of a route says about it, empty where it has none. */
    Optional<String> fileText(String id);

    /** Whether a route of this id is there, or a file has one. */
    boolean isTaken(String id);

    /** The file of a connector, by the id of its template. */
    Optional<String> connectorText(String template);

    /**
     * Does something while a route has nothing in hand and nobody else changes it: it finishes that first, and takes nothing new until it is done. A route that
     * isn't there has nothing in hand.
     *
     * @return why it did not come to rest in time; then nothing was done
     */
    Optional<String> atRest(String id, Runnable what);

    /** Runs this text in place of what runs under the id. Where it doesn't start, what ran before is put back. */
    CarriedOut put(String id, String text);

    /** Stops a route and takes it away. */
    CarriedOut remove(String id);
}
