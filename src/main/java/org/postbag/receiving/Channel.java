package org.postbag.receiving;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** A way in. */
public enum Channel {
    EMAIL("email", "Email"),
    WEB_FORM("web-form", "Web form"),
    TELEPHONE("telephone", "Telephone"),
    LETTER("letter", "Letter"),
    X("x", "X"),
    FACEBOOK("facebook", "Facebook"),
    SOCIAL_TOOL("social-tool", "Social tool"),
    BY_HAND("by-hand", "By hand"),
    PUBLIC_REGISTER("public-register", "Public register");

    private final String code;
    private final String label;

    Channel(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** The word used in settings, the database and the API, such as {@code web-form}. */
    public String code() {
        return code;
    }

    /** The word shown to people, such as {@code Web form}. */
    public String label() {
        return label;
    }

    public static Optional<Channel> of(String code) {
        return Arrays.stream(values()).filter(c -> c.code.equals(code)).findFirst();
    }

    /** The one that a connector reaches: it is named after its channel, with more words where a channel is reached in several ways. */
    public static Optional<Channel> ofConnector(String connector) {
        return Arrays.stream(values())
                .filter(one -> connector.equals(one.code) || connector.startsWith(one.code + "-"))
                .max(Comparator.comparingInt(one -> one.code.length()));
    }
}
