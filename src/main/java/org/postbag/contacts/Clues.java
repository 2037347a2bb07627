package org.postbag.contacts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Claim;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Telephone;
import org.postbag.receiving.Direction;
import org.postbag.receiving.PublicSource;
import org.springframework.stereotype.Component;

/** Reads from an item what decides whose it is. Exactly one identifier of an item decides; the others are claims, so that no order of filing matters. */
@Component
class Clues {

    private static final int HANDLE_LENGTH_MAX = 200;

    private final OwnAddresses own;

    Clues(OwnAddresses own) {
        this.own = own;
    }

    /** An email address before a handle before a telephone number. */
    Clue read(Appearance item) {
        var placed = item.placed();
        if (placed != null) {
            return Clue.nothing(null, placed.because());
        }
        if (item.chosen() != null) {
            // What decides is known once that contact is locked: see Clue.chosen and chosenButGone.
            return Clue.nothing(item.sender().name(), "");
        }
        return item.failed().isEmpty() ? sender(item) : failed(item.failed());
    }

    /** What else the item says about its sender: its claims, and the identifiers that did not decide. */
    List<Resolving.IdentifiedClaim> claims(
            Appearance item, Clue clue, java.util.function.ToLongFunction<Identifier> ids) {
        var all = new ArrayList<Resolving.IdentifiedClaim>();
        for (var claim : claims(item)) {
            var identifier = identifier(claim);
            if (identifier.isEmpty() || !identifier.get().equals(clue.identifier())) {
                all.add(new Resolving.IdentifiedClaim(
                        claim.kind(),
                        claim.value(),
                        identifier.map(ids::applyAsLong).orElse(null)));
            }
        }
        return List.copyOf(all);
    }

    /** The identifiers that the item claims, as far as they may be someone's. */
    List<Identifier> claimed(Appearance item, Clue clue) {
        return claims(item).stream()
                .flatMap(c -> identifier(c).stream())
                .filter(i -> !i.equals(clue.identifier()))
                .toList();
    }

    private List<Claim> claims(Appearance item) {
        var all = new ArrayList<Claim>();
        for (var claim : item.claims()) {
            add(all, claim);
        }
        if (item.direction() == Direction.INBOUND && item.failed().isEmpty()) {
            var sender = item.sender();
            if (sender.email() != null && usable(sender.email())) {
                add(all, new Claim(Claim.Kind.EMAIL, sender.email().value()));
            }
            if (sender.telephone() != null && !own.has(sender.telephone())) {
                add(all, new Claim(Claim.Kind.TELEPHONE, sender.telephone().e164()));
            }
            if (sender.handle() != null && sender.email() != null) {
                add(all, new Claim(Claim.Kind.HANDLE, sender.handle()));
            }
        }
        return all;
    }

    /** Leaves out what says the same in another way of writing. */
    private void add(List<Claim> all, Claim claim) {
        var identifier = identifier(claim);
        boolean known = all.stream()
                .anyMatch(c -> c.equals(claim)
                        || (identifier.isPresent()
                                && c.kind() == claim.kind()
                                && identifier(c).equals(identifier)));
        if (!known && !claim.value().isBlank()) {
            all.add(claim);
        }
    }

    private Optional<Identifier> identifier(Claim claim) {
        return switch (claim.kind()) {
            case EMAIL -> EmailAddress.parse(claim.value()).filter(this::usable).map(Identifier::of);
            case TELEPHONE ->
                Telephone.parse(claim.value()).filter(n -> !own.has(n)).map(Identifier::of);
            // What someone types as their handle is a display name, not the platform's id.
            default -> Optional.empty();
        };
    }

    private Clue sender(Appearance item) {
        var sender = item.sender();
        var name = NameKey.of(sender.name()) == null ? null : sender.name();
        var email = sender.email();
        if (email != null && own.has(email)) {
            // The name is the contact centre's or our own, not the person's.
            name = null;
        }
        var written = sender.asWritten() == null ? "" : sender.asWritten();
        boolean claimed = item.claims().stream().anyMatch(claim -> claim.kind() == Claim.Kind.NAME);
        if (email != null && usable(email)) {
            return new Clue(
                    Identifier.of(email),
                    NameKey.ANY,
                    written.isEmpty() ? email.value() : written,
                    name,
                    claimed,
                    Mailboxes.isOfMany(email),
                    "The email address it came from");
        }
        var handle = sender.handle();
        if (handle != null && !handle.isBlank() && handle.length() <= HANDLE_LENGTH_MAX) {
            return new Clue(
                    new Identifier(IdentifierKind.HANDLE, handle),
                    NameKey.ANY,
                    written.isEmpty() ? handle : written,
                    name,
                    claimed,
                    false,
                    "The account it came from");
        }
        var number = sender.telephone();
        if (number != null && !own.has(number)) {
            return call(number, written, name);
        }
        return Clue.nothing(name, unidentified(email, number));
    }

    /**
     * An address that a public list gives.
     *
     * @param decides whether it tells, with the whole name, whose entry it is: one does
     * @param key the name under which an item from it belongs to the contact, as long as nobody else has the address; null where it tells nothing
     */
    record ListedAddress(
            Identifier identifier,
            boolean decides,
            @Nullable String key,
            String written) {}

    /** What a public list says of where to reach somebody, as far as it may be theirs. A register's number before an email address before a handle before a telephone number. */
    List<ListedAddress> listed(ListEntry entry) {
        var all = new ArrayList<ListedAddress>();
        var register = entry.registerNumber();
        if (register != null) {
            all.add(new ListedAddress(
                    new Identifier(IdentifierKind.REGISTER, register.value()), true, NameKey.ANY, register.number()));
        }
        var email = entry.email();
        if (email != null && usable(email)) {
            // Several people write from an office's address, whatever a list calls it.
            boolean ofMany = Mailboxes.isOfMany(email) && entry.kind() == PublicSource.Kind.PERSON;
            all.add(new ListedAddress(
                    Identifier.of(email),
                    all.isEmpty(),
                    ofMany ? null : NameKey.ANY,
                    written(entry.emailWritten(), email.value())));
        }
        var handle = entry.handle();
        if (handle != null) {
            all.add(new ListedAddress(
                    new Identifier(IdentifierKind.HANDLE, handle.value()), all.isEmpty(), NameKey.ANY, handle.value()));
        }
        var number = entry.telephone();
        if (number != null && !own.has(number)) {
            all.add(new ListedAddress(
                    Identifier.of(number),
                    all.isEmpty(),
                    NameKey.whole(entry.name()),
                    written(entry.telephoneWritten(), number.e164())));
        }
        return List.copyOf(all);
    }

    private static String written(@Nullable String written, String value) {
        return written == null ? value : written;
    }

    /** The name under which an address tells whose entry of a list it is: a person's whole name; null where there is none. */
    static @Nullable String nameKey(ListEntry entry) {
        return entry.kind() == PublicSource.Kind.PERSON ? NameKey.whole(entry.name()) : NameKey.of(entry.name());
    }

    private static Clue call(Telephone number, String written, @Nullable String name) {
        var key = NameKey.whole(name);
        return new Clue(
                Identifier.of(number),
                key,
                written.isEmpty() ? number.e164() : written,
                name,
                false,
                false,
                key == null
                        ? "A contact of its own: no whole name was given, and a telephone number alone does not say who it is"
                        : "The telephone number together with the name");
    }

    private String unidentified(@Nullable EmailAddress email, @Nullable Telephone number) {
        if (email != null) {
            return own.has(email)
                    ? "A contact of its own: sent from one of our own addresses, which does not say who it is"
                    : "A contact of its own: sent from an address that many share and nobody reads";
        }
        return number != null
                ? "A contact of its own: one of our own telephone numbers, which does not say who it is"
                : "A contact of its own: nothing in the item says who it is";
    }

    private Clue failed(List<EmailAddress> addresses) {
        return addresses.stream()
                .filter(this::usable)
                .findFirst()
                .map(address -> new Clue(
                        Identifier.of(address),
                        NameKey.ANY,
                        address.value(),
                        null,
                        false,
                        Mailboxes.isOfMany(address),
                        "The email address that could not be reached"))
                .orElseGet(() -> Clue.nothing(
                        null, "A contact of its own: the address that could not be reached does not say who it is"));
    }

    private boolean usable(EmailAddress address) {
        return !own.has(address) && !Mailboxes.isNobodys(address);
    }
}
