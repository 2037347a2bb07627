package org.postbag.console.changing;

import static org.postbag.console.changing.Version.State.CHECKED;
import static org.postbag.console.changing.Version.State.DRAFT;
import static org.postbag.console.changing.Version.State.IN_FORCE;
import static org.postbag.console.changing.Version.State.REFUSED;
import static org.postbag.console.changing.Version.State.RETIRED;
import static org.postbag.console.changing.Version.State.SUPERSEDED;
import static org.postbag.console.changing.Version.State.WAITING;
import static org.postbag.console.changing.Version.State.WITHDRAWN;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postbag.console.changing.Version.State;

/** Which state comes after which, and by which step: the one table of it. */
public enum Steps {
    /** The checks found nothing that stops it. */
    PASS(Map.of(DRAFT, CHECKED, CHECKED, CHECKED, WAITING, WAITING)),
    /** The checks found something, now or since it last passed. */
    FAIL(Map.of(DRAFT, DRAFT, CHECKED, DRAFT, WAITING, DRAFT)),
    /** A second person is asked. */
    ASK(Map.of(CHECKED, WAITING)),
    /** By another than its author. */
    APPROVE(Map.of(WAITING, IN_FORCE)),
    /** By one approver alone, who may be its author. */
    APPROVE_URGENTLY(Map.of(CHECKED, IN_FORCE, WAITING, IN_FORCE)),
    REFUSE(Map.of(WAITING, REFUSED)),
    /** By its author, or by whoever may edit. */
    WITHDRAW(Map.of(DRAFT, WITHDRAWN, CHECKED, WITHDRAWN, WAITING, WITHDRAWN)),
    /** Another is saved, or is in force in its place. */
    REPLACE(Map.of(DRAFT, SUPERSEDED, CHECKED, SUPERSEDED, WAITING, SUPERSEDED, IN_FORCE, SUPERSEDED)),
    /** The thing ends. */
    RETIRE(Map.of(IN_FORCE, RETIRED));

    private final Map<State, State> ways;

    Steps(Map<State, State> ways) {
        this.ways = ways;
    }

    /** Where the step leads from a state; empty where it can't be taken there. */
    public Optional<State> from(State state) {
        return Optional.ofNullable(ways.get(state));
    }

    /** Those still on their way: a thing has one of them at most. */
    public static Set<State> open() {
        return EnumSet.of(DRAFT, CHECKED, WAITING);
    }
}
