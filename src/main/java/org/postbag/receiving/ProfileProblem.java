package org.postbag.receiving;

/**
 * Why a profile can't be used.
 *
 * @param problem a sentence for the person who mends it: names the file and, where it has one, the line and the field
 */
public record ProfileProblem(String problem) implements ProfileLookup {}
