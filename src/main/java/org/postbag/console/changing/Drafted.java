package org.postbag.console.changing;

/** What became of saving a draft. */
public sealed interface Drafted {

    record Saved(Version version) implements Drafted {}

    /**
     * Somebody saved another since the author began: nothing is saved. Show both texts and their difference, and let the author save again on this base.
     *
     * @param latest what was saved in between
     */
    record Overtaken(Version latest) implements Drafted {}

    /** The text is that of the version it is based on. */
    record Unchanged(Version version) implements Drafted {}
}
