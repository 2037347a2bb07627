package org.postbag.search;

import java.util.Optional;

/** What enquiries are counted and filtered by. An enquiry has one value of each, or none. */
public enum Facet {
    CHANNEL("channel", "Channel"),
    DIRECTION("direction", "Direction"),
    CATEGORY("category", "Category"),
    TOPIC("topic", "Topic"),
    /** The code of a local authority. */
    AUTHORITY("authority", "Local authority"),
    /** As in {@code Accept-Language}. */
    LANGUAGE("language", "Language"),
    /** {@code yes} where a file came with it. */
    FILES("files", "Files"),
    /** {@code yes} where no person wrote it to us alone. */
    AUTOMATIC("automatic", "Automatic");

    public static final String YES = "yes";

    private final String code;
    private final String label;

    Facet(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** Its name in queries, addresses and engines. */
    public String code() {
        return code;
    }

    public String label() {
        return label;
    }

    public static Optional<Facet> of(String code) {
        for (var facet : values()) {
            if (facet.code.equals(code)) {
                return Optional.of(facet);
            }
        }
        return Optional.empty();
    }
}
