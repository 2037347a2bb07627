package org.postbag.enquiries;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Appearance;
import org.postbag.contacts.Identifier;
import org.postbag.contacts.IdentifierKind;
import org.postbag.contacts.OwnAddresses;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Handle;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.ReceiptId;
import org.springframework.stereotype.Component;

/**
 * Finds whom we wrote to, for what came by a route of sent items. It makes no contact and moves no date: it goes onto the contact whose messages it
 * answers, or who is written to, if there is one. What fits nobody waits in quarantine, and is filed by itself once somebody is there whom it fits, so that
 * an answer may be filed before the question. Who has only quoted what is answered, and isn't written to, is nobody whom it fits. What neither we nor a
 * member of staff wrote is filed as if it had come in.
 */
@Component
class SentMail {

    static final String FITS_NOBODY = "fits-nobody-yet";

    private final SentTables tables;
    private final OwnAddresses own;

    SentMail(SentTables tables, OwnAddresses own) {
        this.tables = tables;
        this.own = own;
    }

    /**
     * In the caller's transaction, before the contacts are locked.
     *
     * @return the items in the same order: those that were sent with their contact, or as what waits in quarantine
     */
    List<Item> place(List<Item> items) {
        var sent = items.stream()
                .flatMap(item -> item instanceof Item.Readable one && isOutbound(one) ? Stream.of(one) : Stream.empty())
                .toList();
        if (sent.isEmpty()) {
            return items;
        }
        var members = tables.members(sent.stream()
                .flatMap(item -> item.senders().stream())
                .distinct()
                .toList());
        var ours = sent.stream().filter(item -> isOurs(item, members.keySet())).toList();
        var best = best(tables.candidates(ours));
        var oursById = ours.stream().map(item -> item.receipt().id()).collect(Collectors.toSet());
        return items.stream()
                .map(item -> item instanceof Item.Readable one && isOutbound(one)
                        ? place(
                                one,
                                oursById.contains(one.receipt().id()),
                                best.get(one.receipt().id()))
                        : item)
                .toList();
    }

    private static boolean isOutbound(Item.Readable item) {
        return item.appearance().direction() == Direction.OUTBOUND;
    }

    /** Mail by its sender; what a tool exports as our answer was not sent by mail, and the tool knows. */
    private boolean isOurs(Item.Readable item, Set<String> members) {
        var email = item.appearance().sender().email();
        return email == null || own.has(email) || item.senders().stream().anyMatch(members::contains);
    }

    private static Item place(Item.Readable item, boolean ours, @Nullable Candidate best) {
        if (!ours) {
            return item.with(item.appearance().asInbound());
        }
        if (best != null) {
            return item.with(item.appearance().placed(best.placed()));
        }
        return new Item.Refused(
                item.receipt(),
                FITS_NOBODY,
                "It was sent by us, to nobody who is a contact here, and answers nothing that is filed. It is filed by itself as soon as they write.",
                awaited(item));
    }

    /** What would tell whose it is: the messages that it answers, and the addresses that it went to. */
    static List<String> awaited(Item.Readable item) {
        var keys = new LinkedHashSet<>(item.threadClues().keys());
        recipients(item).forEach(one -> keys.add(one.kind().code() + ':' + one.value()));
        return List.copyOf(keys);
    }

    /** Email addresses, and on platforms accounts: in mail, what looks like an account is an address that somebody mistyped. */
    static List<Identifier> recipients(Item.Readable item) {
        boolean mail = item.appearance().channel() == Channel.EMAIL;
        return item.appearance().to().stream()
                .flatMap(party -> Stream.ofNullable(party.address()))
                .flatMap(address -> EmailAddress.parse(address)
                        .map(email -> Identifier.of(email))
                        .or(() -> mail
                                ? Optional.empty()
                                : Handle.parse(address)
                                        .map(handle -> new Identifier(IdentifierKind.HANDLE, handle.value())))
                        .stream())
                .distinct()
                .toList();
    }

    /**
     * A contact whom an item may have been sent to. The first in order is the one: who is both answered and written to, who wrote what is answered, who is
     * only written to; among equals the nearest message or the first recipient.
     *
     * @param wrote whether a message of theirs is the one that is named; others may only have quoted it
     * @param answered the place of the nearest key by which it answers them, or null
     * @param addressed the place of their address among the recipients, or null
     */
    record Candidate(
            long contactId,
            boolean wrote,
            @Nullable Integer answered,
            @Nullable Integer addressed) implements Comparable<Candidate> {

        private static final Comparator<Candidate> ORDER = Comparator.comparing(
                        (Candidate c) -> rank(c, one -> one.answered != null && one.addressed != null))
                .thenComparing(c -> rank(c, one -> one.wrote))
                .thenComparing(c -> Objects.requireNonNullElse(c.answered, Integer.MAX_VALUE))
                .thenComparing(c -> Objects.requireNonNullElse(c.addressed, Integer.MAX_VALUE))
                .thenComparing(Candidate::contactId);

        private static int rank(Candidate one, Predicate<Candidate> first) {
            return first.test(one) ? 0 : 1;
        }

        Candidate with(Candidate other) {
            return new Candidate(
                    contactId,
                    wrote || other.wrote,
                    nearer(answered, other.answered),
                    nearer(addressed, other.addressed));
        }

        private static @Nullable Integer nearer(@Nullable Integer one, @Nullable Integer other) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            return Math.min(one, other);
        }

        Appearance.Placed placed() {
            // The same for whichever of the two was known first, so that no order of filing shows.
            return new Appearance.Placed(contactId, "What it answers, or the email address it was sent to");
        }

        @Override
        public int compareTo(Candidate other) {
            return ORDER.compare(this, other);
        }
    }

    /** The first in order for each item that has any; what is known of one contact in several ways counts together. */
    private static Map<ReceiptId, Candidate> best(Map<ReceiptId, List<Candidate>> found) {
        var best = new HashMap<ReceiptId, Candidate>();
        found.forEach((item, candidates) -> {
            var merged = new HashMap<Long, Candidate>();
            candidates.forEach(one -> merged.merge(one.contactId(), one, Candidate::with));
            merged.values().stream()
                    .filter(one -> one.wrote() || one.addressed() != null)
                    .min(Comparator.naturalOrder())
                    .ifPresent(one -> best.put(item, one));
        });
        return best;
    }
}
