package org.postbag.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator may do with routes. */
public enum Act {
    START("Start", "started", Wanted.STARTED),
    STOP("Stop", "stopped", Wanted.STOPPED),
    SUSPEND("Suspend", "suspended", Wanted.SUSPENDED),
    RESUME("Resume", "resumed", Wanted.STARTED),

    /** Has a poller look at its source at once. Nothing else is wanted of the route than before. */
    RUN("Run now", "run", null);

    private final String label;
    private final String done;
    private final @Nullable Wanted wanted;

    Act(String label, String done, @Nullable Wanted wanted) {
        this.label = label;
        this.done = done;
        this.wanted = wanted;
    }

    /** The word in addresses, such as {@code stop}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String label() {
        return label;
    }

    /** "stopped". */
    public String done() {
        return done;
    }

    /** Whether it takes a way in away: then somebody says why, and perhaps until when. */
    public boolean holdsBack() {
        return this == STOP || this == SUSPEND;
    }

    @Nullable
    Wanted wanted() {
        return wanted;
    }

    static Optional<Act> of(String code) {
        return Arrays.stream(values()).filter(act -> act.code().equals(code)).findFirst();
    }
}
