package org.postbag.receiving;

import java.util.Optional;

/** A step that asks the sources of routes, and remembers what it saw at each one's last look. */
public interface ViewedSources {

    /** Empty where this step is not of that route, or has not looked yet. May ask the database, never the source. */
    Optional<SourceView> view(String route);

    /** Why that route's last look failed and what to do, in words for whoever runs it and without personal data; empty where it went well. */
    Optional<String> problem(String route);
}
