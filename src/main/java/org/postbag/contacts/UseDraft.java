package org.postbag.contacts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A use of an identifier while a batch is laid on it: where it came from is the earliest item's. */
final class UseDraft {

    static final String RECEIPT = "receipt:";
    static final String CLAIM = "claim:";

    /** Whether a use has the name of a public source as its source. */
    static boolean isListed(String source) {
        return !source.startsWith(RECEIPT) && !source.startsWith(CLAIM);
    }

    final long identifierId;
    final long contactId;
    final boolean isNew;
    final @Nullable String nameKey;
    /** Null where no item is the source: it is staff, or a public source whose use an item then takes over. */
    private ContactDraft.@Nullable Moment since;

    private String asWritten;
    /** Whether staff confirmed a claim of it: that stays its source. */
    private final boolean byClaim;

    private boolean changed;

    private UseDraft(
            long identifierId,
            long contactId,
            boolean isNew,
            @Nullable String nameKey,
            boolean byClaim,
            ContactDraft.@Nullable Moment since,
            String asWritten) {
        this.identifierId = identifierId;
        this.contactId = contactId;
        this.isNew = isNew;
        this.nameKey = nameKey;
        this.byClaim = byClaim;
        this.since = since;
        this.asWritten = asWritten;
    }

    static UseDraft made(long identifierId, long contactId, @Nullable String nameKey) {
        return new UseDraft(identifierId, contactId, true, nameKey, false, null, "");
    }

    static UseDraft there(
            long identifierId,
            long contactId,
            @Nullable String nameKey,
            String source,
            Instant since,
            String asWritten) {
        boolean byItem = source.startsWith(RECEIPT);
        return new UseDraft(
                identifierId,
                contactId,
                false,
                nameKey,
                source.startsWith(CLAIM),
                byItem ? new ContactDraft.Moment(since, source.substring(RECEIPT.length())) : null,
                asWritten);
    }

    void add(Appearance item, String written) {
        var moment = ContactDraft.moment(item.receivedAt(), item.receipt());
        if (!byClaim && moment.isBefore(since)) {
            since = moment;
            asWritten = written;
            changed = true;
        }
    }

    boolean isChanged() {
        return !isNew && changed;
    }

    String asWritten() {
        return asWritten;
    }

    String source() {
        return RECEIPT + java.util.Objects.requireNonNull(since).receipt();
    }

    String since() {
        return java.util.Objects.requireNonNull(since).at().toString();
    }
}
