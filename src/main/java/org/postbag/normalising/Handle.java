package org.postbag.normalising;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An account on a platform, by the id that the platform gives it, which stays when its owner takes another name.
 *
 * @param platform such as {@code facebook}
 */
public record Handle(String platform, String id) {

    private static final int ID_LENGTH_MAX = 150;
    private static final Pattern PLATFORM = Pattern.compile("[a-z][a-z0-9-]{0,29}");
    /** No control character, no blanks but single ones within, and nothing that makes an email address of it. */
    private static final Pattern ID = Pattern.compile("[^\\s\\p{C}@]( ?[^\\s\\p{C}@]){0," + (ID_LENGTH_MAX - 1) + "}");

    /** @throws IllegalArgumentException if it is none */
    public Handle {
        if (!PLATFORM.matcher(platform).matches() || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Not a handle");
        }
    }

    /** Empty where it can't be one. */
    public static Optional<Handle> of(String platform, String id) {
        return PLATFORM.matcher(platform).matches() && ID.matcher(id).matches()
                ? Optional.of(new Handle(platform, id))
                : Optional.empty();
    }

    /** Reads what {@link #value} gave. */
    public static Optional<Handle> parse(String value) {
        int colon = value.indexOf(':');
        return colon < 0 ? Optional.empty() : of(value.substring(0, colon), value.substring(colon + 1));
    }

    /** Platform and id, as contacts are known by it. */
    public String value() {
        return platform + ":" + id;
    }
}
