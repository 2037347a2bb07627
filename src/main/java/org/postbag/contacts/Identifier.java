package org.postbag.contacts;

/** An address that contacts are known by. Unique by kind and value. Two of a kind are locked in order of their values. */
public record Identifier(IdentifierKind kind, String value) implements Comparable<Identifier> {

    @Override
    public int compareTo(Identifier other) {
        int byKind = kind.code().compareTo(other.kind.code());
        return byKind != 0 ? byKind : value.compareTo(other.value);
    }
}
