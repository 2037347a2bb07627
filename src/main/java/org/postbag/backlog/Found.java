package org.postbag.backlog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a source of mails, one after the other.
 *
 * <p>A place names the file and where in it, and never says what a mail says.
 */
public sealed interface Found {

    String place();

    /**
     * A mail as it was, without what the file added to it.
     *
     * @param reachedAt when it reached the body, as far as anything tells
     */
    record Mail(String place, byte[] content, @Nullable Instant reachedAt) implements Found {}

    /** What can't be taken. @param why in words, without personal data */
    record Unfit(String place, String why) implements Found {}

    /** Where a mail could be and nothing is, or something that is no mail. */
    record Nothing(String place, String why) implements Found {}
}
