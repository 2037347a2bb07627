package org.postbag.contacts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conflicts about contacts that a person should look at. One row a matter, however often it comes up. */
public interface Reviews {

    /** Open ones, the newest first. */
    List<Review> open(int offset, int limit);

    long openCount();

    Optional<Review> byId(long id);

    /** Open ones that concern a contact. */
    List<Review> ofContact(long contactId);

    /** Marks it as looked at; false where it was settled already. */
    default boolean settle(long id, String actor) {
        return settle(id, "Settled", actor);
    }

    /** Settles that several contacts share what it is about. */
    default boolean settleAsShared(long id, String actor) {
        return settle(id, "Several contacts share it", actor);
    }

    /** Settles that it is one contact's alone. */
    default boolean settleAsOf(long id, long contactId, String actor) {
        return settle(id, "It is contact %d's alone".formatted(contactId), actor);
    }

    /** @param how what the trail says of it: no personal data */
    boolean settle(long id, String how, String actor);

    /** Undoes {@link #settle}. */
    boolean reopen(long id, String actor);

    /**
     * @param identifierId of {@code identifier}, or null
     * @param identifier what it is about, or null
     * @param contacts whom it concerns, at most {@link #CONTACTS_SHOWN_MAX}
     * @param contactCount how many it concerns in all
     * @param claimedIn where something claimed is the matter, the enquiries that claim it
     */
    record Review(
            long id,
            Matter matter,
            @Nullable Long identifierId,
            @Nullable Identifier identifier,
            List<Contact> contacts,
            long contactCount,
            Instant raisedAt,
            boolean open,
            @Nullable String settledBy,
            List<Long> claimedIn) {

        /** Whether it is about one mailbox of which staff can say who writes from it. */
        public boolean asksWhoWrites() {
            return matter == Matter.NAME_DIFFERS && contacts.size() == 1;
        }

        /** Whether it is about an address or number of several contacts, all of them shown, of which staff can say whose it is. */
        public boolean asksWhose() {
            return (matter == Matter.ADDRESS_SHARED || matter == Matter.TELEPHONE_SHARED)
                    && identifier != null
                    && contacts.size() > 1
                    && contacts.size() == contactCount;
        }
    }

    int CONTACTS_SHOWN_MAX = 20;

    /** What can be the matter. */
    enum Matter {
        /** Calls from one number were kept apart, since the names differ. */
        TELEPHONE_SHARED("telephone-shared"),
        /** A public list gives an address for more than one, or for somebody else than who writes from it. */
        ADDRESS_SHARED("address-shared"),
        /** The address decided, though the names differ. */
        NAME_DIFFERS("name-differs"),
        CLAIM_OF_ANOTHER("claim-of-another"),
        /** The contact for which staff recorded something was erased meanwhile, so it stands on a new one. */
        CHOSEN_GONE("chosen-gone"),
        LETTER_HARD_TO_READ("letter-hard-to-read");

        private final String code;

        Matter(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public static Matter of(String code) {
            for (var matter : values()) {
                if (matter.code.equals(code)) {
                    return matter;
                }
            }
            throw new IllegalArgumentException("No matter is called " + code);
        }
    }
}
