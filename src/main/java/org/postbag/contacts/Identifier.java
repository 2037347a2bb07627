package org.postbag.contacts;

import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Telephone;

/** An address that contacts are known by. Unique by kind and value. Two of a kind are locked in order of their values. */
public record Identifier(IdentifierKind kind, String value) implements Comparable<Identifier> {

    /** The mailbox that mail to the address comes to, however the address is written: see {@link EmailAddress#mailbox}. */
    public static Identifier of(EmailAddress address) {
        return new Identifier(IdentifierKind.EMAIL, address.mailbox().value());
    }

    public static Identifier of(Telephone number) {
        return new Identifier(IdentifierKind.TELEPHONE, number.e164());
    }

    /** As people write it. */
    public String shown() {
        return kind == IdentifierKind.TELEPHONE
                ? Telephone.parse(value).map(Telephone::shown).orElse(value)
                : value;
    }

    @Override
    public int compareTo(Identifier other) {
        int byKind = kind.code().compareTo(other.kind.code());
        return byKind != 0 ? byKind : value.compareTo(other.value);
    }
}
