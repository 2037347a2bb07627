package org.postbag.contacts;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people say about themselves beyond the address they used. Shown as claimed until staff confirm it. */
public interface Claims {

    List<Claimed> ofEnquiry(long enquiryId);

    Optional<Claimed> byId(long claimId);

    /**
     * Staff found that it is true. An email address, telephone number or handle becomes one that the contact uses; other kinds are only marked.
     */
    Decided confirm(long claimId, String actor);

    /** Staff found that it is not true, or not worth keeping apart. */
    Decided dismiss(long claimId, String actor);

    /** Undoes {@link #confirm} or {@link #dismiss}: the identifier that confirming added goes again. */
    Decided reopen(long claimId, String actor);

    /**
     * @param kind as in {@link org.postbag.normalising.Claim.Kind#code}
     * @param identifierId the identifier that the value is, or null
     */
    record Claimed(
            long id,
            long enquiryId,
            long contactId,
            String kind,
            String value,
            @Nullable Long identifierId,
            State state) {}

    enum State {
        CLAIMED("claimed", "Claimed, not confirmed"),
        CONFIRMED("confirmed", "Confirmed"),
        DISMISSED("dismissed", "Dismissed");

        private final String code;
        private final String label;

        State(String code, String label) {
            this.code = code;
            this.label = label;
        }

        public String code() {
            return code;
        }

        public String label() {
            return label;
        }

        public static State of(String code) {
            for (var state : values()) {
                if (state.code.equals(code)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("No state of a claim is called " + code);
        }
    }

    enum Decided {
        DONE,
        /** Already so, or no longer there: nothing was changed. */
        NOTHING_TO_DO,
        /** The address belongs to another contact, and an address is never moved by a claim: a review says so. */
        USED_BY_ANOTHER
    }
}
