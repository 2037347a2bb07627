package org.postbag.retention;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a contact is to the body (duty D1), and what is no enquiry at all. Each has an entry in the rule table. */
public enum Category {
    PUBLIC("public", "Public"),
    ELECTED_REPRESENTATIVE("elected-representative", "Elected representative"),
    ELECTORAL_ADMINISTRATOR("electoral-administrator", "Electoral administrator"),
    POLITICAL_PARTY("political-party", "Political party"),
    REGISTERED_CAMPAIGNER("registered-campaigner", "Registered campaigner"),
    PRESS("press", "Press"),
    OTHER("other", "Other"),
    /** Of single enquiries that staff found to be spam or advertising; never of a contact. */
    NOT_AN_ENQUIRY("not-an-enquiry", "Not an enquiry");

    private final String code;
    private final String label;

    Category(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** The word used in the database and the API, such as {@code political-party}. */
    public String code() {
        return code;
    }

    /** The word shown to people. */
    public String label() {
        return label;
    }

    /** Those that a contact may have. */
    public static List<Category> ofContacts() {
        return Arrays.stream(values()).filter(c -> c != NOT_AN_ENQUIRY).toList();
    }

    /** Likewise, by its code. */
    public static Optional<Category> ofContact(String code) {
        return of(code).filter(ofContacts()::contains);
    }

    public static Optional<Category> of(String code) {
        return Arrays.stream(values()).filter(c -> c.code.equals(code)).findFirst();
    }
}
