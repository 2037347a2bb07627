package org.postbag.console;

/** What is known of the sources of routes, for the page that stops them. Nothing is asked for it, so that the page waits for no source. */
public interface SourceFigures {

    /** What waits at a route's source, such as {@code 2 waiting}, with the time where that is old; empty where it isn't known. */
    String waiting(String route);
}
