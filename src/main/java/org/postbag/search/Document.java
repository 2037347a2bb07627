package org.postbag.search;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An enquiry as it is searched.
 *
 * @param version drawn before its rows were read, or 0 when they were read for a new generation; a higher one is never overwritten by a lower
 * @param automatic whether no person wrote it to us alone
 * @param text the whole body and what its files say, cut at a length the engine can hold
 * @param names of the contact, of the sender and as claimed
 * @param identifiers email addresses, telephone numbers in E.164 where they can be read as such, postcodes and handles: the contact's, the
 *     sender's and claimed ones
 */
public record Document(
        long enquiryId,
        long version,
        String reference,
        String channel,
        String direction,
        String category,
        Instant receivedAt,
        @Nullable String subject,
        String text,
        List<String> names,
        List<String> identifiers,
        List<String> attachmentNames,
        boolean automatic) {

    public Document {
        names = List.copyOf(names);
        identifiers = List.copyOf(identifiers);
        attachmentNames = List.copyOf(attachmentNames);
    }

    /** Of what a person wrote. */
    public Document(
            long enquiryId,
            long version,
            String reference,
            String channel,
            String direction,
            String category,
            Instant receivedAt,
            @Nullable String subject,
            String text,
            List<String> names,
            List<String> identifiers,
            List<String> attachmentNames) {
        this(
                enquiryId,
                version,
                reference,
                channel,
                direction,
                category,
                receivedAt,
                subject,
                text,
                names,
                identifiers,
                attachmentNames,
                false);
    }

    Document withVersion(long other) {
        return new Document(
                enquiryId,
                other,
                reference,
                channel,
                direction,
                category,
                receivedAt,
                subject,
                text,
                names,
                identifiers,
                attachmentNames,
                automatic);
    }

    /** The same, found by nothing but its reference and filters: for one whose content an engine will not take. */
    public Document withoutContent() {
        return new Document(
                enquiryId,
                version,
                reference,
                channel,
                direction,
                category,
                receivedAt,
                null,
                "",
                List.of(),
                List.of(),
                List.of(),
                automatic);
    }
}
