package org.postbag.search;

import java.util.Optional;

/** What enquiries are counted and filtered by. An enquiry has one value of each, or none. */
public enum Facet {
    CHANNEL("channel"),
    DIRECTION("direction"),
    CATEGORY("category"),
    TOPIC("topic"),
    /** The code of a local authority. */
    AUTHORITY("authority"),
    /** As in {@code Accept-Language}. */
    LANGUAGE("language"),
    /** {@code yes} where a file came with it. */
    FILES("files"),
    /** {@code yes} where no person wrote it to us alone. */
    AUTOMATIC("automatic"),
    /** How far staff are with what came in, in {@code WorkStatus}' words. What we sent has none. */
    STATUS("status"),
    /** The id of the member of staff whose it is, or {@link #NOBODY}. What we sent has none. */
    ASSIGNED("assigned"),
    /** {@code yes} where somebody said that it is urgent. */
    URGENT("urgent"),
    /** {@code yes} where it came in and nobody has opened it yet: once any member of staff has, it is unread for none. */
    UNREAD("unread"),
    /** The year in which the last day lies on which it is kept, or {@link #NO_END}. */
    KEPT("kept"),
    /** The month (UK) of receipt, such as {@code 2026-03}. */
    MONTH("month");

    public static final String YES = "yes";
    public static final String NOBODY = "nobody";
    public static final String NO_END = "no-end";

    private final String code;

    Facet(String code) {
        this.code = code;
    }

    /** Its name in queries, addresses and engines. */
    public String code() {
        return code;
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
