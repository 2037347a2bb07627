package org.postbag.enquiries;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Appearance;
import org.postbag.receiving.Receipt;

/** An item read and made fit for the database, before the transaction. It holds no bytes of attachments. */
sealed interface Item {

    Receipt receipt();

    /** @param threadKey items of the contact with the same one belong together */
    record Readable(
            Receipt receipt,
            Appearance appearance,
            String threadKey,
            @Nullable String subject,
            String text,
            String reply,
            boolean hasHtml,
            @Nullable String fromName,
            @Nullable String fromAddress,
            @Nullable Instant sentAt,
            @Nullable String topic,
            @Nullable String language,
            @Nullable String automatic,
            @Nullable String messageId,
            List<String> damaged,
            List<Enquiry.File> files)
            implements Item {}

    /** What goes to quarantine, and why. */
    record Refused(Receipt receipt, String code, String reason) implements Item {}
}
