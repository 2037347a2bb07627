package org.postbag.console;

/** What a node does to have a route as it is wanted. */
enum Transition {
    NOTHING("as it was"),
    START("started"),
    RESUME("resumed"),
    SUSPEND("suspended"),
    STOP("stopped");

    private final String done;

    Transition(String done) {
        this.done = done;
    }

    String done() {
        return done;
    }

    /** How Camel has a route. */
    enum Real {
        STARTED,
        SUSPENDED,
        STOPPED
    }

    /**
     * The table of transitions, which the code and the tests read.
     *
     * @param turn whether it is for this node to run the route: always of a door, of a poller where this node holds it
     */
    static Transition of(Wanted wanted, Real real, boolean turn) {
        if (!turn) {
            return real == Real.STOPPED ? NOTHING : STOP;
        }
        return switch (wanted) {
            case STARTED ->
                switch (real) {
                    case STARTED -> NOTHING;
                    case SUSPENDED -> RESUME;
                    case STOPPED -> START;
                };
            // One that isn't running stays so: to start it only to suspend it would take what lies there.
            case SUSPENDED ->
                switch (real) {
                    case STARTED -> SUSPEND;
                    case SUSPENDED, STOPPED -> NOTHING;
                };
            case STOPPED ->
                switch (real) {
                    case STARTED, SUSPENDED -> STOP;
                    case STOPPED -> NOTHING;
                };
        };
    }
}
