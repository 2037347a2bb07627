package org.postbag.normalising;

/** What someone says about themselves beyond the address they used. Kept with the enquiry, not added to the contact. */
public record Claim(Kind kind, String value) {

    public enum Kind {
        NAME("name"),
        EMAIL("email"),
        TELEPHONE("telephone"),
        POSTCODE("postcode"),
        ORGANISATION("organisation"),
        LOCATION("location"),
        HANDLE("handle"),
        /** One of ours, that the sender quotes: whoever knows it need not be whom it was given to. */
        REFERENCE("reference");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
