package org.postbag.enquiries;

import java.util.Arrays;
import java.util.Optional;

/** What an item is that is no enquiry. It is kept by a shorter rule: {@link org.postbag.retention.Category#NOT_AN_ENQUIRY}. */
public enum NotEnquiry {
    SPAM("spam", "Spam"),
    ADVERTISING("advertising", "Advertising");

    private final String code;
    private final String label;

    NotEnquiry(String code, String label) {
        this.code = code;
        this.label = label;
    }

    public String code() {
        return code;
    }

    public String label() {
        return label;
    }

    public static Optional<NotEnquiry> of(String code) {
        return Arrays.stream(values()).filter(n -> n.code.equals(code)).findFirst();
    }
}
