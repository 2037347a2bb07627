package org.postbag.receiving;

import java.util.regex.Pattern;

/**
 * What makes an item the same item when it comes again: HMAC-SHA-256 of its channel and external id, as 64 lower-case hex digits. It holds no
 * personal data, and alone is stored, sent and logged.
 */
public record ReceiptId(String hex) implements Comparable<ReceiptId> {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public ReceiptId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("A receipt id is 64 lower-case hex digits");
        }
    }

    /** What people are given to quote. */
    public Reference reference() {
        return Reference.of(this);
    }

    @Override
    public int compareTo(ReceiptId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
