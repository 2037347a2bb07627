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

    enum Matter {
        TELEPHONE_SHARED(
                "telephone-shared",
                "Several contacts use one telephone number",
                "A call decides whose enquiry it is only when number and name agree, so these were kept apart. Are any of them the same person?"),
        ADDRESS_SHARED(
                "address-shared",
                "Several contacts have one address",
                "A public list gives it for more than one, or for somebody else than who writes from it, so they were kept apart. Is it a shared mailbox, or are any of them the same person?"),
        NAME_DIFFERS(
                "name-differs",
                "Different names came from one address",
                "The address decides, so all went to one contact. Is it a shared mailbox, or one person who writes their name in different ways?"),
        CLAIM_OF_ANOTHER(
                "claim-of-another",
                "Someone gave an address that another contact uses",
                "Nothing was moved. Is it the same person, or a mistake?"),
        CHOSEN_GONE(
                "chosen-gone",
                "Staff recorded something for a contact that was erased meanwhile",
                "It stands on a new contact. Who is it, and is it known by an address or number?"),
        LETTER_HARD_TO_READ(
                "letter-hard-to-read",
                "A letter was hard to read",
                "Its text may have wrong or missing words. Compare it with the scan, and see who wrote.");

        private final String code;
        private final String label;
        private final String question;

        Matter(String code, String label, String question) {
            this.code = code;
            this.label = label;
            this.question = question;
        }

        public String code() {
            return code;
        }

        public String label() {
            return label;
        }

        public String question() {
            return question;
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
