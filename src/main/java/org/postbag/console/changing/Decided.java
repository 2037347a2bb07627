package org.postbag.console.changing;

/** What became of a step that somebody takes with a version. */
sealed interface Decided {

    record Done(Version version) implements Decided {}

    /**
     * Nothing changed.
     *
     * @param reason why, in words for staff
     */
    record Refused(String reason) implements Decided {}

    record NoSuchVersion() implements Decided {}
}
