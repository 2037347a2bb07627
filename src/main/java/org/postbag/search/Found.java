package org.postbag.search;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Work;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Reference;

/**
 * An enquiry that was found, as PostgreSQL has it now.
 *
 * @param subject with what was looked for marked; empty where there is none
 * @param snippet the stretch of its text that says most about why it was found, or else of what a file with it says, or else its text's beginning
 * @param snippetFile the name of the file that the snippet is of; null where it is of the text
 * @param keptUntil last day on which it is kept, and {@code keptBecause} the rule's reason
 * @param contactName null for a contact without a name
 * @param work what staff do with it
 */
public record Found(
        long enquiryId,
        Reference reference,
        Channel channel,
        Direction direction,
        List<Segment> subject,
        List<Segment> snippet,
        @Nullable String snippetFile,
        Instant receivedAt,
        LocalDate keptUntil,
        String keptBecause,
        long contactId,
        @Nullable String contactName,
        String category,
        boolean automatic,
        int attachments,
        Work work) {

    /** How far staff are with it, in words; null for what we sent, which is nobody's task. */
    public @Nullable String status() {
        return direction == Direction.INBOUND ? work.statusWords() : null;
    }
}
