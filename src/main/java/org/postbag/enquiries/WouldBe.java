package org.postbag.enquiries;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What would become of an item in quarantine if it were filed now. */
public sealed interface WouldBe {

    /**
     * An enquiry.
     *
     * @param contactName whose it would be, or null where nobody knows a name
     * @param others how many other enquiries that contact has; with none it would be a new contact
     * @param because why it would be this contact's
     * @param text its beginning
     * @param damaged what was mended or given up in reading
     */
    record Enquiry(
            long contactId,
            @Nullable String contactName,
            long others,
            String because,
            @Nullable String fromName,
            @Nullable String fromAddress,
            @Nullable Instant sentAt,
            @Nullable String subject,
            String text,
            boolean cut,
            List<String> damaged,
            List<String> files)
            implements WouldBe {

        public Enquiry {
            damaged = List.copyOf(damaged);
            files = List.copyOf(files);
        }
    }

    /** An entry of a public list. */
    record ListEntry() implements WouldBe {}

    /** Nothing: its sender took it back. */
    record Withdrawn() implements WouldBe {}

    /** It would go to quarantine again. */
    record Refused(String code, String reason) implements WouldBe {}

    /** A server is away, so it can't be told. */
    record Away() implements WouldBe {}

    record NotInQuarantine() implements WouldBe {}
}
