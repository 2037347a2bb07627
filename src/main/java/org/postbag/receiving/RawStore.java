package org.postbag.receiving;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Raw items, one file an item, encrypted, in folders by channel and day. Nothing deletes one but erasure, retention and discard.
 *
 * <p>Every method throws {@link IOException} for a fault of the store (away, full), {@link DamagedRawItem} for a file that is not what was stored, and nothing
 * for a fault of the item.
 */
public interface RawStore {

    /**
     * Stores an item unless it is there already, under any day. It is durable once it is {@linkplain #settle settled}, not before. Safe to call for the
     * same item from several threads and processes: exactly one call finds it absent.
     */
    Placed place(Receipt receipt, byte[] content) throws IOException;

    /**
     * Makes items durable that this store placed: on return their files and folders are fsynced. Items of one poll or upload are settled together.
     *
     * @return for each the receipt that stands in the file: that which was placed itself, or the first one's if the item was known
     */
    List<Receipt> settle(List<Placed> placed) throws IOException;

    /** Stores one item, durably. */
    default Receipt putIfAbsent(Receipt receipt, byte[] content) throws IOException {
        return settle(List.of(place(receipt, content))).getFirst();
    }

    /**
     * An item that lies in the store, and may still be lost with the power.
     *
     * @param receipt that which stands in the file
     * @param isNew whether it was absent
     */
    record Placed(Receipt receipt, Path file, boolean isNew) {}

    /**
     * An item as it was stored.
     *
     * @param receipt whole, as the database need not keep it
     */
    record Stored(Receipt receipt, byte[] content) {}

    /**
     * The item, whole and authenticated; empty where there is no such item (erased, or never there).
     *
     * @throws IOException also where nothing of the channel is there, as when the disk is not mounted
     */
    Optional<Stored> item(ReceiptId id, Channel channel) throws IOException;

    /** Its raw bytes alone, likewise. */
    default Optional<byte[]> read(ReceiptId id, Channel channel) throws IOException {
        return item(id, channel).map(Stored::content);
    }

    /** The receipt in the item's header, vouched for by the key, without decrypting the bytes. */
    Optional<Receipt> receipt(ReceiptId id, Channel channel) throws IOException;

    /** Erases an item under every day it may lie, durably. Does nothing where there is none. */
    void erase(ReceiptId id, Channel channel) throws IOException;

    /** The days (UTC) on which items of a channel lie here, oldest first. */
    List<LocalDate> days(Channel channel) throws IOException;

    /** The ids of all items of a channel and day, read from names alone, so that a damaged file is counted too. */
    List<ReceiptId> ids(Channel channel, LocalDate day) throws IOException;

    /** The receipts of all items of a channel and day. Close the stream. */
    Stream<Receipt> list(Channel channel, LocalDate day) throws IOException;
}
