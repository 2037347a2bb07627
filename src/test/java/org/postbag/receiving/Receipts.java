package org.postbag.receiving;

import java.time.Instant;

/** Receipts for tests: the id follows from a number. */
final class Receipts {

    static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

    private Receipts() {}

    static ReceiptId id(int number) {
        return new ReceiptId("%016x%048x".formatted(number * 0x9E3779B97F4A7C15L, number));
    }

    static Receipt receipt(int number, Instant at) {
        return new Receipt(
                id(number), Channel.EMAIL, Direction.INBOUND, "enquiries-mailbox", at, 5, null, null, null, null);
    }

    static Receipt receipt(int number) {
        return receipt(number, NOON);
    }
}
