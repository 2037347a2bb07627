package org.postbag.normalising;

import java.util.Optional;
import org.postbag.normalising.mail.PlainText;

/** What an attachment says, as far as it can be read without a program of its own. */
public final class AttachmentText {

    private static final int CONTENT_BYTES_MAX = 5 * 1024 * 1024;

    private AttachmentText() {}

    /** The text of a file of plain text or HTML; empty for every other, and for one of more than 5 MB. */
    public static Optional<String> of(Attachment attachment) {
        if (!attachment.type().startsWith("text/") || attachment.size() > CONTENT_BYTES_MAX) {
            return Optional.empty();
        }
        return Optional.of(PlainText.of(attachment.content(), attachment.type().equals("text/html")));
    }
}
