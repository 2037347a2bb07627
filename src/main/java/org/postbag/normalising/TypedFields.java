package org.postbag.normalising;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What somebody typed into the fields of a page, while it is read: cut to what is kept, with what it claims and what was noticed on the way. */
final class TypedFields {

    /** Stands for what could not be kept as a character. */
    static final String REPLACEMENT = "\uFFFD";

    private final List<String> damaged = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();

    /** @param max characters that are kept; what is longer is cut, and that is noted */
    String cut(String what, String value, int max) {
        if (value.codePointCount(0, value.length()) <= max) {
            return value;
        }
        damaged.add(String.format(Locale.UK, "The %s was longer than %,d characters and was cut", what, max));
        return value.substring(0, value.offsetByCodePoints(0, max));
    }

    /** Nothing is claimed by an empty field. */
    void claim(Claim.Kind kind, String value) {
        if (!value.isEmpty()) {
            claims.add(new Claim(kind, value));
        }
    }

    void note(String damage) {
        damaged.add(damage);
    }

    /** @param all that was typed, in one */
    void noteReplaced(String all) {
        if (all.contains(REPLACEMENT)) {
            damaged.add("Characters that cannot be shown were replaced by " + REPLACEMENT);
        }
    }

    List<String> damaged() {
        return damaged;
    }

    List<Claim> claims() {
        return claims;
    }
}
