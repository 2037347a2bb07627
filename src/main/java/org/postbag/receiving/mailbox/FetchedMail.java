package org.postbag.receiving.mailbox;

import java.util.Arrays;
import org.postbag.receiving.RawContent;

/**
 * A mail as the server has it.
 *
 * @param size of the whole mail in bytes; more than {@code content} has where the mail is too large to be taken in, and only its beginning was fetched
 */
record FetchedMail(long uid, long size, byte[] content) implements RawContent {

    FetchedMail beginning(int length) {
        return new FetchedMail(uid, size, Arrays.copyOf(content, length));
    }
}
