package org.postbag.enquiries;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.extracting.Kind;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.ReceiptId;
import org.postbag.retention.RetentionRule;

/**
 * A filed message, on a contact.
 *
 * @param capacity {@code private} or {@code organisation}: for whom the person wrote
 * @param text the whole body as plain text
 * @param reply the new part: without quotes and signature
 * @param automatic null for what a person wrote, else {@code bounce}, {@code auto-reply}, {@code list} or {@code loop}
 * @param damaged what was mended or given up in reading, in words
 * @param series enquiries of one series are corrections of its first; null for none
 * @param sentBy name of the member of staff who wrote what we sent; null where nothing tells, and for what came in
 * @param resolvedBy why it is on this contact, in words without personal data
 * @param keptUntil the last day on which it is kept, by {@code rule}
 */
public record Enquiry(
        long id,
        ReceiptId receiptId,
        String reference,
        Channel channel,
        Direction direction,
        long contactId,
        long threadId,
        String capacity,
        @Nullable String subject,
        String text,
        String reply,
        boolean hasHtml,
        @Nullable String fromName,
        @Nullable String fromAddress,
        @Nullable Instant sentAt,
        Instant receivedAt,
        @Nullable String topic,
        @Nullable String language,
        @Nullable String automatic,
        List<String> damaged,
        @Nullable String series,
        @Nullable String sentBy,
        String resolvedBy,
        int version,
        LocalDate keptUntil,
        RetentionRule rule) {

    /**
     * A file that came with it; its bytes are read from the raw item: see {@link Enquiries#read}.
     *
     * @param textState {@code read}, why its text was not ({@link org.postbag.extracting.FileText.Reason}), or null where that is still to come
     */
    public record File(
            int position,
            String name,
            String type,
            long size,
            @Nullable String textState) {

        private static final String READ = "read";

        /** Whether it calls itself what can be shown as a picture. */
        public boolean isPictured() {
            return Kind.isSaid(type, name);
        }

        /** Whether there is something of it to look at, as far as one knows before it is opened. */
        public boolean isShown() {
            return isPictured() || READ.equals(textState);
        }
    }
}
