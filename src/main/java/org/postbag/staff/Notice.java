package org.postbag.staff;

import org.jspecify.annotations.Nullable;

/**
 * What the next page says in its banner about what was just done. A controller adds it as the flash attribute {@link #ATTRIBUTE} before it redirects,
 * and the staff layout shows it.
 *
 * @param undo where a POST takes it back, or null where it can't be
 */
public record Notice(String text, @Nullable String undo) {

    public static final String ATTRIBUTE = "notice";

    public Notice(String text) {
        this(text, null);
    }
}
