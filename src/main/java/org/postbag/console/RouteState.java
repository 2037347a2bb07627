package org.postbag.console;

import java.util.Locale;

/** How a route is on a node. */
enum RouteState {
    STARTED,
    SUSPENDED,
    STOPPED,
    STARTING,

    /** It takes nothing new, and ends what it has in hand. */
    SUSPENDING,

    /** Likewise. */
    STOPPING,

    /** It polls a source, which another node does, or no node does yet. */
    STANDBY,

    /** Its file could not be loaded. */
    NOT_LOADED;

    /** The word used in the database and the API. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a node of which this is the last word may still be polling. */
    boolean mayPoll() {
        return switch (this) {
            case STARTED, STARTING, SUSPENDING, STOPPING -> true;
            case SUSPENDED, STOPPED, STANDBY, NOT_LOADED -> false;
        };
    }
}
