package org.postbag.console;

/** What staff want of each route, carried out on this node. */
public interface WantedState {

    /**
     * Has the route do what is wanted of it, as after its version was swapped: a stopped one stays stopped, a poller runs on one node only. A start
     * that hangs is given up after ten seconds, and tried again behind. A route that is unknown, or isn't loaded, is left alone.
     */
    void carryOut(String route);
}
