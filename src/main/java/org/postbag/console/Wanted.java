package org.postbag.console;

import java.util.Arrays;
import java.util.Locale;

/** What staff want a route to be, until somebody wants otherwise. */
enum Wanted {
    STARTED,

    /** It takes nothing for now, and is to go on soon: what was open to its source stays open. */
    SUSPENDED,

    STOPPED;

    /** The word used in the database and the API. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Wanted of(String code) {
        return Arrays.stream(values())
                .filter(wanted -> wanted.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
