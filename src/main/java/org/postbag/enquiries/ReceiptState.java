package org.postbag.enquiries;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What became of an item. The transitions are one table, which the code and the tests both read:
 *
 * <pre>
 * (new)       -> waiting, filed, quarantined, erased (taken back before it came)
 * waiting     -> filed, quarantined, erased (likewise)
 * quarantined -> waiting (replay), discarded, erased
 * discarded   -> quarantined (undo), erased
 * filed       -> erased
 * erased      -> nothing: it outlives what it stands for, so that a mailbox read again brings nobody back
 * </pre>
 */
public enum ReceiptState {
    WAITING("waiting", "Waiting to be filed"),
    FILED("filed", "Filed"),
    QUARANTINED("quarantined", "In quarantine"),
    DISCARDED("discarded", "Discarded"),
    ERASED("erased", "Erased");

    private static final Map<ReceiptState, Set<ReceiptState>> NEXT = Map.of(
            WAITING, EnumSet.of(FILED, QUARANTINED, ERASED),
            QUARANTINED, EnumSet.of(WAITING, DISCARDED, ERASED),
            DISCARDED, EnumSet.of(QUARANTINED, ERASED),
            FILED, EnumSet.of(ERASED),
            ERASED, EnumSet.noneOf(ReceiptState.class));

    private final String code;
    private final String label;

    ReceiptState(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** The word in the database. */
    public String code() {
        return code;
    }

    public String label() {
        return label;
    }

    /** The states that may come next. */
    public Set<ReceiptState> next() {
        return Set.copyOf(NEXT.getOrDefault(this, Set.of()));
    }

    /** The codes of the states from which this one may be reached: what a change of state asks for in its {@code where}. */
    public String[] reachedFrom() {
        return Arrays.stream(values())
                .filter(state -> state.next().contains(this))
                .map(ReceiptState::code)
                .toArray(String[]::new);
    }

    /** @throws IllegalArgumentException for a word that is none of these */
    public static ReceiptState of(String code) {
        for (var state : values()) {
            if (state.code.equals(code)) {
                return state;
            }
        }
        throw new IllegalArgumentException("No state of a receipt is called " + code);
    }
}
