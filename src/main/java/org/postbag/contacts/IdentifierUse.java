package org.postbag.contacts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a contact uses an identifier.
 *
 * @param asWritten what was typed
 * @param source {@code receipt:<id>}, {@code claim:<id>} where staff confirmed a claim, or the name of a public source (duty D2)
 */
public record IdentifierUse(
        long contactId,
        long identifierId,
        Identifier identifier,
        String asWritten,
        State state,
        String source,
        Instant since,
        @Nullable Verified verified) {

    /**
     * How it is known that the identifier is the contact's own.
     *
     * @param by {@code receipt:<id>} of the mail in which they answered one of ours, {@code platform}, or the member of staff who saw to it
     */
    public record Verified(@Nullable Instant at, String by) {

        /** A platform says who wrote from an account; nobody else can. */
        static final Verified BY_PLATFORM = new Verified(null, "platform");
    }

    /** As it was typed; a number as people write it, however it was. */
    public String shown() {
        return identifier.kind() == IdentifierKind.TELEPHONE ? identifier.shown() : asWritten;
    }

    /** The same, where the contact's mails are of several people: a mailbox that was nobody else's is theirs together. */
    public IdentifierUse ofSeveral() {
        return identifier.kind() == IdentifierKind.EMAIL && state == State.SOLE
                ? new IdentifierUse(
                        contactId, identifierId, identifier, asWritten, State.OF_SEVERAL, source, since, verified)
                : this;
    }

    /** Sole where one contact uses it, shared where more do, or several people who are one contact, the mailbox; a retired one decides nothing any more. */
    public enum State {
        SOLE("sole"),
        SHARED("shared"),
        OF_SEVERAL("shared"),
        RETIRED("retired");

        private final String code;

        State(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public static State of(String code) {
            for (var state : values()) {
                if (state.code.equals(code)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("No state of an identifier is called " + code);
        }
    }
}
