package org.postbag.enquiries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Mend;
import org.postbag.normalising.Message;
import org.postbag.normalising.Normaliser;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.DamagedRawItem;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.Receiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** From a receipt to an {@link Item}: raw bytes, reading, {@link ItemLimits limits}. Needs no database, and is safe to call from many threads. */
@Component
class ItemReader {

    private static final long BYTES_IN_A_MB = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ItemReader.class);

    private final RawStore raw;
    private final Normaliser normaliser;

    ItemReader(@Lazy RawStore raw, @Lazy Normaliser normaliser) {
        this.raw = raw;
        this.normaliser = normaliser;
    }

    /**
     * Never throws for what the item holds.
     *
     * @throws IOException if the raw store is away, or what opens scans
     */
    Item read(Receipt receipt) throws IOException {
        return read(receipt, Mend.NONE);
    }

    /** The same, with what staff set right of it. */
    Item read(Receipt receipt, Mend mend) throws IOException {
        Optional<RawStore.Stored> stored;
        try {
            stored = raw.item(receipt.id(), receipt.channel());
        } catch (DamagedRawItem damaged) {
            LOG.error("The raw file of receipt {} is damaged", receipt.id());
            return new Item.Refused(
                    receipt,
                    "raw-damaged",
                    "The raw item is damaged, or was stored under another master key. Once it is brought back from a backup, the item can be filed again.");
        }
        if (stored.isEmpty()) {
            // The store is there and answers; only this file is not. Waiting for it would hold up everyone else, and a
            // replay reads it again.
            LOG.error("The raw file of receipt {} is missing", receipt.id());
            return new Item.Refused(
                    receipt,
                    "raw-missing",
                    "The raw item is missing from the raw store. Once it is brought back from a backup, the item can be filed again.");
        }
        return read(receipt, stored.get(), mend);
    }

    /** The same of an item that isn't in the raw store. */
    Item read(Receipt receipt, byte[] content) throws IOException {
        return read(receipt, new RawStore.Stored(receipt, content), Mend.NONE);
    }

    private Item read(Receipt receipt, RawStore.Stored stored, Mend mend) throws IOException {
        if (receipt.size() > Receiver.CONTENT_BYTES_MAX) {
            return new Item.Refused(
                    receipt,
                    "too-large",
                    "The item is too large for Postbag (%d MB), so only its beginning was taken in. The whole of it still lies at its source: for a mail, in the mailbox's folder of taken mail."
                            .formatted(receipt.size() / BYTES_IN_A_MB));
        }
        try {
            return item(receipt, stored, mend);
        } catch (UncheckedIOException away) {
            throw new IOException("What opens scans is away", away);
        } catch (RuntimeException | StackOverflowError fault) {
            // The message of the exception may hold what the item says, so only its kind is logged.
            LOG.warn("Reading the item of receipt {} failed: {}", receipt.id(), where(fault));
            return new Item.Refused(
                    receipt,
                    "reader-failed",
                    "Postbag failed in reading this item. It is kept as it came; the fault is ours and has been logged.");
        }
    }

    private Item item(Receipt receipt, RawStore.Stored stored, Mend mend) {
        var reading = mend.isNone()
                ? normaliser.normalise(receipt, stored.content())
                : normaliser.normalise(receipt, stored.content(), mend);
        return switch (reading) {
            case Message message ->
                ItemLimits.readable(
                        receipt,
                        message,
                        receipt.reachedAt(stored.receipt().reachedAt()).countsFrom());
            case ListEntry entry -> ItemLimits.listed(receipt, entry);
            case Unreadable unreadable -> ItemLimits.refused(receipt, unreadable);
        };
    }

    static String where(Throwable fault) {
        var trace = fault.getStackTrace();
        return fault.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
