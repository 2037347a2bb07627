package org.postbag.contacts;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ReceiptId;

/** A locked or new contact while the items of a batch are laid on it. Every step takes an earliest or a latest, so the order does not matter. */
final class ContactDraft {

    private static final int NAME_LENGTH_MAX = Contacts.NAME_LENGTH_MAX;

    final long id;
    final boolean isNew;
    final boolean sharedMailbox;
    final boolean identified;
    private final boolean nameByStaff;
    private @Nullable String name;
    private @Nullable String itemName;
    private @Nullable Moment named;
    private @Nullable Moment known;
    private String source;
    private @Nullable Instant lastContactAt;
    private boolean changed;
    private boolean renamed;

    /** A moment and, for what arrived in one millisecond, which receipt. */
    record Moment(Instant at, @Nullable String receipt) {
        boolean isBefore(@Nullable Moment other) {
            if (other == null) {
                return true;
            }
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime < 0 : order(receipt).compareTo(order(other.receipt)) < 0;
        }

        private static String order(@Nullable String receipt) {
            return receipt == null ? "" : receipt;
        }
    }

    private ContactDraft(
            long id, boolean isNew, boolean identified, boolean sharedMailbox, boolean nameByStaff, String source) {
        this.id = id;
        this.isNew = isNew;
        this.identified = identified;
        this.sharedMailbox = sharedMailbox;
        this.nameByStaff = nameByStaff;
        this.source = source;
    }

    static ContactDraft made(long id, boolean identified, boolean sharedMailbox) {
        return new ContactDraft(id, true, identified, sharedMailbox, false, "");
    }

    static ContactDraft locked(
            long id,
            boolean nameByStaff,
            @Nullable String name,
            @Nullable String itemName,
            @Nullable Moment named,
            Moment known,
            String source,
            @Nullable Instant lastContactAt) {
        var draft = new ContactDraft(id, false, true, false, nameByStaff, source);
        draft.name = name;
        draft.itemName = itemName;
        draft.named = named;
        draft.known = known;
        draft.lastContactAt = lastContactAt;
        return draft;
    }

    void add(Appearance item, @Nullable String givenName) {
        var moment = new Moment(item.receivedAt(), item.receipt().hex());
        if (moment.isBefore(known)) {
            known = moment;
            source = item.channel().code();
            changed = true;
        }
        if (givenName != null && moment.isBefore(named)) {
            named = moment;
            itemName = givenName.substring(0, Math.min(givenName.length(), NAME_LENGTH_MAX));
            changed = true;
            if (!nameByStaff && !itemName.equals(name)) {
                name = itemName;
                renamed = true;
            }
        }
        if (item.movesClock() && (lastContactAt == null || item.receivedAt().isAfter(lastContactAt))) {
            lastContactAt = item.receivedAt();
            changed = true;
        }
    }

    /** Whether a name is another than the one that stands; false where either is missing. */
    boolean differsFrom(@Nullable String givenName) {
        var one = NameKey.of(givenName);
        var other = NameKey.of(itemName);
        return one != null && other != null && !one.equals(other);
    }

    @Nullable
    String name() {
        return name;
    }

    @Nullable
    String itemName() {
        return itemName;
    }

    @Nullable
    String namedAt() {
        return named == null ? null : named.at().toString();
    }

    @Nullable
    String namedBy() {
        return named == null ? null : named.receipt();
    }

    String knownAt() {
        return Objects.requireNonNull(known).at().toString();
    }

    @Nullable
    String knownBy() {
        return Objects.requireNonNull(known).receipt();
    }

    String source() {
        return source;
    }

    @Nullable
    String lastContactAt() {
        return lastContactAt == null ? null : lastContactAt.toString();
    }

    boolean isChanged() {
        return !isNew && changed;
    }

    boolean isRenamed() {
        return !isNew && renamed;
    }

    static Moment moment(Instant at, ReceiptId receipt) {
        return new Moment(at, receipt.hex());
    }
}
