package org.postbag.retention;

import java.util.Arrays;
import java.util.Optional;

/** What a contact is to the body (duty D1). Each has an entry in the rule table. */
public enum Category {
    PUBLIC("public", "Public"),
    ELECTED_REPRESENTATIVE("elected-representative", "Elected representative"),
    ELECTORAL_ADMINISTRATOR("electoral-administrator", "Electoral administrator"),
    POLITICAL_PARTY("political-party", "Political party"),
    REGISTERED_CAMPAIGNER("registered-campaigner", "Registered campaigner"),
    PRESS("press", "Press"),
    OTHER("other", "Other");

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

    public static Optional<Category> of(String code) {
        return Arrays.stream(values()).filter(c -> c.code.equals(code)).findFirst();
    }
}
