package org.postbag.enquiries;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Appearance;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Recorded;
import org.postbag.receiving.Receipt;

/** An item read and made fit for the database, before the transaction. It holds no bytes of attachments. */
sealed interface Item {

    Receipt receipt();

    /**
     * @param senders addresses, in lower case, of who wrote and handed in a mail: who of the staff answered
     * @param answerTo where a program may answer it by itself, or null
     * @param withdraws whether it takes back the other items of its receipt's series
     */
    record Readable(
            Receipt receipt,
            Appearance appearance,
            ThreadClues threadClues,
            List<String> senders,
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
            List<Enquiry.File> files,
            @Nullable EmailAddress answerTo,
            boolean withdraws,
            @Nullable Recorded recorded)
            implements Item {

        Readable with(Appearance other) {
            return new Readable(
                    receipt,
                    other,
                    threadClues,
                    senders,
                    subject,
                    text,
                    reply,
                    hasHtml,
                    fromName,
                    fromAddress,
                    sentAt,
                    topic,
                    language,
                    automatic,
                    messageId,
                    damaged,
                    files,
                    answerTo,
                    withdraws,
                    recorded);
        }
    }

    /** What a public list says of somebody: no enquiry. */
    record Listed(Receipt receipt, ListEntry entry) implements Item {}

    /** What its sender took back before it was filed: nothing of it is kept. */
    record Withdrawn(Receipt receipt) implements Item {}

    /**
     * What goes to quarantine, and why.
     *
     * @param awaited keys of {@link SentMail}: it is filed by itself once somebody is known by one of them
     */
    record Refused(Receipt receipt, String code, String reason, List<String> awaited) implements Item {

        Refused(Receipt receipt, String code, String reason) {
            this(receipt, code, reason, List.of());
        }
    }
}
