package org.postbag.contacts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ReceiptId;
import org.postbag.retention.RetentionRule;

/** A locked or new contact while the items of a batch are laid on it. Every step takes an earliest or a latest, so the order does not matter. */
final class ContactDraft {

    private static final int NAME_LENGTH_MAX = Contacts.NAME_LENGTH_MAX;

    final long id;
    final boolean isNew;
    final boolean sharedMailbox;
    final boolean identified;
    private final boolean nameByStaff;
    private @Nullable String name;
    private @Nullable String nameBefore;
    private @Nullable String listedName;
    private Named given = Named.NOTHING;
    private Named claimed = Named.NOTHING;
    private @Nullable Moment known;
    private String source;
    private @Nullable Instant lastContactAt;
    private @Nullable LocalDate clockBefore;
    private boolean changed;
    private boolean renamed;

    /** A moment and, for what arrived in one millisecond, which receipt. */
    record Moment(Instant at, @Nullable String receipt) {

        static @Nullable String at(@Nullable Moment moment) {
            return moment == null ? null : moment.at.toString();
        }

        static @Nullable String receipt(@Nullable Moment moment) {
            return moment == null ? null : moment.receipt;
        }

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

    /** A name and the earliest item that has it; both null where there is none. */
    record Named(@Nullable String name, @Nullable Moment moment) {
        static final Named NOTHING = new Named(null, null);
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
            boolean sharedMailbox,
            boolean nameByStaff,
            @Nullable String name,
            @Nullable String listedName,
            Named given,
            Named claimed,
            @Nullable Moment known,
            String source,
            @Nullable Instant lastContactAt) {
        var draft = new ContactDraft(id, false, true, sharedMailbox, nameByStaff, source);
        draft.name = name;
        draft.listedName = listedName;
        draft.nameBefore = name;
        draft.given = given;
        draft.claimed = claimed;
        draft.known = known;
        draft.lastContactAt = lastContactAt;
        draft.clockBefore = draft.clock();
        return draft;
    }

    /** It is known since then at the latest, from a channel or a public source. */
    void knownSince(Moment moment, String from) {
        if (moment.isBefore(known)) {
            known = moment;
            source = from;
            changed = true;
        }
    }

    void add(Appearance item, Clue clue) {
        add(
                moment(item.receivedAt(), item.receipt()),
                item.channel().code(),
                clue.name(),
                clue.nameClaimed(),
                item.movesClock());
    }

    /** What an item says, as it is told when it is filed or afterwards. */
    void add(Moment moment, String channel, @Nullable String itsName, boolean nameClaimed, boolean movesClock) {
        knownSince(moment, channel);
        if (itsName != null) {
            addName(new Named(cut(itsName), moment), nameClaimed);
        }
        takeName();
        if (movesClock && (lastContactAt == null || moment.at().isAfter(lastContactAt))) {
            lastContactAt = moment.at();
            changed = true;
        }
    }

    /** The same contact before anything was laid on it that came with its items, save since when it is known and when it last wrote. */
    ContactDraft withoutNames() {
        var draft = locked(
                id,
                sharedMailbox,
                nameByStaff,
                name,
                listedName,
                Named.NOTHING,
                Named.NOTHING,
                known,
                source,
                lastContactAt);
        draft.takeName();
        draft.changed = true;
        return draft;
    }

    /** The same contact before anything was laid on it. */
    ContactDraft withoutItems() {
        var draft = locked(
                id, sharedMailbox, nameByStaff, name, listedName, Named.NOTHING, Named.NOTHING, null, source, null);
        draft.takeName();
        draft.changed = true;
        return draft;
    }

    boolean hasItems() {
        return known != null;
    }

    /** What staff set stays; else a public list's name goes before an item's. */
    private void takeName() {
        var taken = listedName == null ? itemName() : listedName;
        if (!nameByStaff && !Objects.equals(taken, name)) {
            name = taken;
            renamed = true;
        }
    }

    /** Whether its items, or staff, gave it just this whole name: see {@link NameKey}. What lists say doesn't count, so that no order of theirs does. */
    boolean isCalled(String nameKey) {
        return nameKey.equals(NameKey.whole(itemName())) || nameByStaff && nameKey.equals(NameKey.whole(name));
    }

    /** When an item first gave it a name, and which; the end of time where none did. */
    String namedFirst() {
        return Stream.of(given, claimed)
                .map(Named::moment)
                .filter(Objects::nonNull)
                .min((one, other) -> one.equals(other) ? 0 : one.isBefore(other) ? -1 : 1)
                .map(moment -> moment.at() + " " + moment.receipt())
                .orElse("~");
    }

    private void addName(Named one, boolean isClaimed) {
        if (Objects.requireNonNull(one.moment()).isBefore((isClaimed ? claimed : given).moment())) {
            if (isClaimed) {
                claimed = one;
            } else {
                given = one;
            }
            changed = true;
        }
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(name.length(), NAME_LENGTH_MAX));
    }

    /** Whether a name is another than one that was used before; false where either is missing. */
    boolean differsFrom(@Nullable String written) {
        var one = NameKey.of(written);
        return Stream.of(given.name(), claimed.name(), listedName)
                .map(NameKey::of)
                .anyMatch(other -> one != null && other != null && !one.equals(other));
    }

    @Nullable
    String name() {
        return name;
    }

    /** What stood before the batch. */
    @Nullable
    String nameBefore() {
        return nameBefore;
    }

    /** The name that came with the item that made the contact, though it is only claimed; else the earliest that is not. */
    @Nullable
    String itemName() {
        return claimed.moment() != null && claimed.moment().equals(known) ? claimed.name() : given.name();
    }

    Named given() {
        return given;
    }

    Named claimed() {
        return claimed;
    }

    Moment known() {
        return Objects.requireNonNull(known);
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
        return !isNew && (changed || renamed);
    }

    /** Whether its clock stands on another day than before. */
    boolean isClockMoved() {
        return !isNew && !Objects.equals(clock(), clockBefore);
    }

    private @Nullable LocalDate clock() {
        var since = lastContactAt != null ? lastContactAt : known == null ? null : known.at();
        return since == null ? null : RetentionRule.day(since);
    }

    boolean isRenamed() {
        return !isNew && renamed;
    }

    static Moment moment(Instant at, ReceiptId receipt) {
        return new Moment(at, receipt.hex());
    }
}
