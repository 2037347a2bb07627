package org.postbag.enquiries;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far an enquiry is. The transitions are one table, which the code and the tests both read:
 *
 * <pre>
 * new              -> in hand, waiting for them, passed on, answered, closed
 * in hand          -> waiting for them, passed on, answered, closed
 * waiting for them -> in hand, passed on, answered, closed
 * passed on        -> in hand, answered, closed
 * answered         -> in hand, waiting for them, closed
 * closed           -> in hand
 * </pre>
 *
 * Nothing becomes new again but by undoing a change, which puts back whatever was.
 */
public enum WorkStatus {
    NEW("new", "New", false),
    IN_HAND("in-hand", "In hand", false),
    WAITING_FOR_THEM("waiting-for-them", "Waiting for them", false),
    /** Another body answers. */
    PASSED_ON("passed-on", "Passed on", true),
    ANSWERED("answered", "Answered", true),
    /** Nothing was to be answered, or nobody will. */
    CLOSED("closed", "Closed", true);

    private static final Map<WorkStatus, Set<WorkStatus>> NEXT = Map.of(
            NEW, EnumSet.of(IN_HAND, WAITING_FOR_THEM, PASSED_ON, ANSWERED, CLOSED),
            IN_HAND, EnumSet.of(WAITING_FOR_THEM, PASSED_ON, ANSWERED, CLOSED),
            WAITING_FOR_THEM, EnumSet.of(IN_HAND, PASSED_ON, ANSWERED, CLOSED),
            PASSED_ON, EnumSet.of(IN_HAND, ANSWERED, CLOSED),
            ANSWERED, EnumSet.of(IN_HAND, WAITING_FOR_THEM, CLOSED),
            CLOSED, EnumSet.of(IN_HAND));

    private final String code;
    private final String label;
    private final boolean done;

    WorkStatus(String code, String label, boolean done) {
        this.code = code;
        this.label = label;
        this.done = done;
    }

    /** The word in the database and the API. */
    public String code() {
        return code;
    }

    public String label() {
        return label;
    }

    /** Whether nothing is left to do, so that it stands in no queue. */
    public boolean isDone() {
        return done;
    }

    /** The statuses that may come next, in order. */
    public List<WorkStatus> next() {
        return List.copyOf(EnumSet.copyOf(NEXT.getOrDefault(this, EnumSet.noneOf(WorkStatus.class))));
    }

    public boolean mayBecome(WorkStatus other) {
        return next().contains(other);
    }

    public static Optional<WorkStatus> of(String code) {
        return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
    }
}
