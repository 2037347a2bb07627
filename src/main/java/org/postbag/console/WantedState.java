package org.postbag.console;

/** What staff want of each route, carried out on this node. */
public interface WantedState {

    /**
     * Has the route do what is wanted of it, as after its version was swapped: a stopped one stays stopped, a poller runs on one node only. A start
     * that hangs is given up after ten seconds, and tried again behind. A route that is unknown, or isn't loaded, is left alone.
     */
    void carryOut(String route);

    /** What became of a route that was to begin anew. */
    enum Renewal {
        ANEW,
        /** It doesn't run on this node, so there was nothing to do. */
        DID_NOT_RUN,
        /** It could not be stopped: it goes on as it was. */
        GOES_ON
    }

    /** Has a route that runs here begin, and so sign in, anew: what it has in hand ends, it is stopped, and then is as it is wanted. Waits for that. */
    Renewal renew(String route);
}
