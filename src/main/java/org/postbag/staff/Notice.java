package org.postbag.staff;

import org.jspecify.annotations.Nullable;

/**
 * What the next page says in its banner about what was just done, or was not. A controller adds it as the flash attribute {@link #ATTRIBUTE} before it
 * redirects, and the staff layout shows it.
 *
 * @param undo where a POST takes it back, or null where it can't be
 * @param about what it is about, to go there; null where it is what the page shows
 * @param refused whether what was asked for was not done: then it doesn't look like success
 */
public record Notice(
        String text, @Nullable String undo, @Nullable About about, boolean refused) {

    public static final String ATTRIBUTE = "notice";

    /** The page of a record, and what the record is called. */
    public record About(String path, String name) {}

    public Notice(String text) {
        this(text, null);
    }

    public Notice(String text, @Nullable String undo) {
        this(text, undo, null, false);
    }

    /** What was asked for was not done. */
    public static Notice refusal(String text) {
        return new Notice(text, null, null, true);
    }

    public Notice about(String path, String name) {
        return new Notice(text, undo, new About(path, name), refused);
    }
}
