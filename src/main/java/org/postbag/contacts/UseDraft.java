package org.postbag.contacts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A use of an identifier while a batch is laid on it: where it came from is the earliest item's. */
final class UseDraft {

    static final String RECEIPT = "receipt:";

    final long identifierId;
    final long contactId;
    final boolean isNew;
    final @Nullable String nameKey;
    /** Null where something other than an item is the source: staff, or a public source. */
    private ContactDraft.@Nullable Moment since;

    private String asWritten;
    private final boolean byItem;
    private boolean changed;

    private UseDraft(
            long identifierId,
            long contactId,
            boolean isNew,
            @Nullable String nameKey,
            boolean byItem,
            ContactDraft.@Nullable Moment since,
            String asWritten) {
        this.identifierId = identifierId;
        this.contactId = contactId;
        this.isNew = isNew;
        this.nameKey = nameKey;
        this.byItem = byItem;
        this.since = since;
        this.asWritten = asWritten;
    }

    static UseDraft made(long identifierId, long contactId, @Nullable String nameKey) {
        return new UseDraft(identifierId, contactId, true, nameKey, true, null, "");
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
                byItem,
                byItem ? new ContactDraft.Moment(since, source.substring(RECEIPT.length())) : null,
                asWritten);
    }

    void add(Appearance item, String written) {
        var moment = ContactDraft.moment(item.receivedAt(), item.receipt());
        if (byItem && moment.isBefore(since)) {
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
