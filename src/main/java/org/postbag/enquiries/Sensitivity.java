package org.postbag.enquiries;

import java.util.Arrays;
import java.util.Optional;

/** Why only named people may read an enquiry. */
public enum Sensitivity {
    ALLEGATION("allegation", "Allegation"),
    WHISTLEBLOWING("whistleblowing", "Whistleblowing"),
    POLITICS("politics", "A named person’s politics");

    private final String code;
    private final String label;

    Sensitivity(String code, String label) {
        this.code = code;
        this.label = label;
    }

    public String code() {
        return code;
    }

    public String label() {
        return label;
    }

    public static Optional<Sensitivity> of(String code) {
        return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
    }
}
