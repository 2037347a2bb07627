package org.postbag.receiving.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages of the public pages. */
enum PublicLanguage {
    ENGLISH("en", "English"),
    WELSH("cy", "Cymraeg");

    private final String code;
    private final String ownName;

    PublicLanguage(String code, String ownName) {
        this.code = code;
        this.ownName = ownName;
    }

    /** ISO 639-1, as in an element's {@code lang}. */
    public String code() {
        return code;
    }

    /** What it calls itself. */
    public String ownName() {
        return ownName;
    }

    public PublicLanguage other() {
        return this == ENGLISH ? WELSH : ENGLISH;
    }

    Locale locale() {
        return Locale.of(code, "GB");
    }

    /** Empty for the code of no language of ours. */
    static Optional<PublicLanguage> of(String code) {
        return Arrays.stream(values())
                .filter(language -> language.code.equals(code))
                .findFirst();
    }
}
