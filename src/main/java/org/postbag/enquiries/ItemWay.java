package org.postbag.enquiries;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.AuditTrail.Entry;
import org.postbag.receiving.Receipt;

/**
 * The way of one item, without a word of what it says.
 *
 * @param receipt as the record has it, else as its raw file does
 * @param raw what lies in the raw store
 * @param state what became of it, or null where the record doesn't know it
 * @param stateAt since when
 * @param reason why it is in quarantine, or null
 * @param enquiryId the enquiry that it is, or null
 * @param sentAt when Kafka was given its receipt; null where that isn't known
 * @param index whether it is in the search index; null where there is nothing to be
 * @param history what the trail says of it, the newest first, without values that may be personal
 */
public record ItemWay(
        Receipt receipt,
        Raw raw,
        @Nullable ReceiptState state,
        @Nullable Instant stateAt,
        @Nullable String reason,
        @Nullable Long enquiryId,
        @Nullable Instant sentAt,
        @Nullable Index index,
        List<Entry> history) {

    public ItemWay {
        history = List.copyOf(history);
    }

    /** What lies in the raw store. */
    public enum Raw {
        THERE("Yes, whole"),
        MISSING("No: there is no raw file"),
        DAMAGED("Damaged: bring it back from a backup"),
        AWAY("Not known: the raw store is away");

        private final String label;

        Raw(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /**
     * @param since when it waits to be indexed, null where it is
     * @param at when it was last written to the index; null where the index doesn't say
     */
    public record Index(@Nullable Instant since, @Nullable Instant at) {}

    /** Whether the record knows it. */
    public boolean isKnown() {
        return state != null;
    }
}
