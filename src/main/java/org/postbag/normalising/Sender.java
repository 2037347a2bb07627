package org.postbag.normalising;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a message, by the address they used. Where there are several, the email address or handle decides whose enquiry it is; a telephone number
 * alone only together with the name.
 *
 * @param asWritten the address as it was typed, for showing
 */
public record Sender(
        @Nullable String name,
        @Nullable EmailAddress email,
        @Nullable Telephone telephone,
        @Nullable String handle,
        @Nullable String asWritten) {

    public static final Sender NOBODY = new Sender(null, null, null, null, null);
}
