package org.postbag.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a period may count from: the clock of a contact or of a thread.
 *
 * @param wroteAt when the latest item from the person was received; null where they never wrote. A bounce, an auto-reply, an answer of ours or an edit
 *     by staff is not one
 * @param seenAt when they were last seen in the public source, or null
 * @param knownSince when they were first known
 */
public record LastContact(
        @Nullable Instant wroteAt, @Nullable Instant seenAt, Instant knownSince) {}
