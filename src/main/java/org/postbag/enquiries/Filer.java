package org.postbag.enquiries;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Files batches: reads the items in parallel, then records them in one transaction. Filing the same receipts again, in any order, in any number of
 * threads and processes at once, changes nothing.
 */
@Component
public class Filer {

    static final String ACTOR = "job:filing";

    /** What is read into memory for one transaction; one larger item has a transaction of its own. */
    private static final long BATCH_BYTES_MAX = 32L << 20;

    private static final int BATCH_ITEMS_MAX = 500;
    private static final int MEETINGS_MAX = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Filer.class);

    private final BatchReader reader;
    private final Mends mends;
    private final FilingTables tables;
    private final SentTables sent;
    private final Recording recording;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Filer(
            BatchReader reader,
            Mends mends,
            FilingTables tables,
            SentTables sent,
            Recording recording,
            TransactionTemplate transaction,
            Clock clock) {
        this.reader = reader;
        this.mends = mends;
        this.tables = tables;
        this.sent = sent;
        this.recording = recording;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * On return every item is filed, in quarantine, or was known.
     *
     * @throws ServerAway if the database, the raw store or memory was away: some of the items may be filed; all are to be given again
     */
    public void file(List<Receipt> receipts) {
        var byId = new TreeMap<ReceiptId, Receipt>();
        receipts.forEach(r -> byId.putIfAbsent(r.id(), r));
        if (byId.isEmpty()) {
            return;
        }
        try {
            tables.known(byId.values(), clock.instant()).forEach(byId::remove);
            var mended = mends.of(byId.keySet());
            var batch = new ArrayList<Receipt>();
            long bytes = 0;
            for (var receipt : byId.values()) {
                if (!batch.isEmpty() && (bytes + receipt.size() > BATCH_BYTES_MAX || batch.size() == BATCH_ITEMS_MAX)) {
                    record(reader.read(batch, mended));
                    batch.clear();
                    bytes = 0;
                }
                batch.add(receipt);
                bytes += receipt.size();
            }
            record(reader.read(batch, mended));
        } catch (ServerAway away) {
            throw away;
        } catch (RuntimeException | Error | IOException fault) {
            throw new ServerAway(fault);
        }
    }

    /**
     * What came in before what we sent in answer to it. Entries of public lists apart from both, since they lock more.
     *
     * @param items sorted by receipt id
     */
    private void record(List<Item> items) {
        var listed = new ArrayList<Item>();
        var cameIn = new ArrayList<Item>();
        var sentOut = new ArrayList<Item>();
        for (var item : items) {
            if (item instanceof Item.Listed) {
                listed.add(item);
            } else {
                (item.receipt().direction() == Direction.INBOUND ? cameIn : sentOut).add(item);
            }
        }
        for (var part : List.of(listed, cameIn, sentOut)) {
            if (!part.isEmpty()) {
                recordAtOnce(part);
            }
        }
    }

    private void recordAtOnce(List<Item> items) {
        for (int meeting = 0; ; meeting++) {
            try {
                transaction.executeWithoutResult(status -> recording.record(items));
                return;
            } catch (RuntimeException | Error fault) {
                switch (Fault.of(fault)) {
                    case SERVER -> throw new ServerAway(fault);
                    case MEETING -> {
                        if (meeting == MEETINGS_MAX) {
                            throw new ServerAway(fault);
                        }
                    }
                    case ITEM -> {
                        recordApart(items, fault);
                        return;
                    }
                }
            }
        }
    }

    /** One of them is at fault: each is filed by itself, and the one that cannot be goes to quarantine. */
    private void recordApart(List<Item> items, Throwable fault) {
        if (items.size() > 1) {
            items.forEach(item -> record(List.of(item)));
            return;
        }
        var item = items.getFirst();
        LOG.error("Filing the item of receipt {} failed: {}", item.receipt().id(), ItemReader.where(fault));
        if (item instanceof Item.Refused) {
            // Quarantine itself cannot take it: that is no fault of the item.
            throw new ServerAway(fault);
        }
        record(
                List.of(
                        new Item.Refused(
                                item.receipt(),
                                "could-not-be-filed",
                                "The item was read, but Postbag failed in filing it. It is kept as it came; the fault is ours and has been logged.")));
    }

    /**
     * Files what we sent and waits in quarantine, where somebody is there now whom it fits; at most {@code limit} items at once.
     *
     * @return how many
     * @throws ServerAway as {@link #file}; those that are not filed then are waiting receipts
     */
    int fileFitting(int limit) {
        var fitting = Objects.requireNonNull(
                transaction.<List<Receipt>>execute(status -> sent.release(clock.instant(), limit)));
        file(fitting);
        return fitting.size();
    }
}
