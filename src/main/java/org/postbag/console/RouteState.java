package org.postbag.console;

import java.util.Arrays;
import java.util.Locale;

/** How a route is on a node. */
enum RouteState {
    STARTED("Running"),
    SUSPENDED("Suspended"),
    STOPPED("Stopped"),
    STARTING("Starting"),

    /** It takes nothing new, and ends what it has in hand. */
    SUSPENDING("Suspending"),

    /** Likewise. */
    STOPPING("Stopping"),

    /** It polls a source, which another node does, or no node does yet. */
    STANDBY("Waiting for a node to take it"),

    /** Its file could not be loaded. */
    NOT_LOADED("Not loaded");

    private final String label;

    RouteState(String label) {
        this.label = label;
    }

    /** As pages say it; what isn't known as it is. */
    static String label(String code) {
        return Arrays.stream(values())
                .filter(state -> state.code().equals(code))
                .map(state -> state.label)
                .findFirst()
                .orElse(code);
    }

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
