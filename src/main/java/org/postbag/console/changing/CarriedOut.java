package org.postbag.console.changing;

/** What became of putting a text in force. */
public sealed interface CarriedOut {

    record InForce() implements CarriedOut {}

    /**
     * What was in force still is.
     *
     * @param reason what went wrong, in words for staff
     */
    record LeftAsItWas(String reason) implements CarriedOut {}
}
