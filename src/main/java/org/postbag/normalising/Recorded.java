package org.postbag.normalising;

import org.jspecify.annotations.Nullable;

/**
 * What the member of staff states who noted something by hand. It is a statement of staff's, not a claim.
 *
 * @param by who: {@code staff:<username>}
 * @param kind how it came: {@code call}, {@code visit}, {@code letter} or {@code other}
 * @param contactId the contact that they said it is, or null
 * @param answer what was answered there and then; empty for nothing
 * @param closed whether nothing is left to do
 */
public record Recorded(String by, String kind, @Nullable Long contactId, String answer, boolean closed) {}
