package org.postbag.enquiries;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.postbag.normalising.Mend;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads the items of a batch in parallel, before any transaction; where memory runs out, one by one. */
@Component
class BatchReader {

    static final int MEMORY_TRIES_MAX = 5;

    private static final Logger LOG = LoggerFactory.getLogger(BatchReader.class);

    private final ItemReader reader;
    private final ExecutorService readers = threads("filing-reader-");
    /** Letters take long, and keep no other item from being read. */
    private final ExecutorService letterReaders = threads("letter-reader-");
    /** How often memory ran out while an item was read alone. */
    private final Map<ReceiptId, Integer> memoryRanOut = new ConcurrentHashMap<>();

    BatchReader(ItemReader reader) {
        this.reader = reader;
    }

    private static ExecutorService threads(String name) {
        return Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name(name, 1).factory());
    }

    @PreDestroy
    void close() {
        readers.shutdownNow();
        letterReaders.shutdownNow();
    }

    /** @throws IOException if the raw store is away, or what opens scans */
    List<Item> read(List<Receipt> receipts) throws IOException {
        return read(receipts, Map.of());
    }

    /** @param mends what staff set right of some of them */
    List<Item> read(List<Receipt> receipts, Map<ReceiptId, Mend> mends) throws IOException {
        if (receipts.size() > 1) {
            try {
                return readTogether(receipts, mends);
            } catch (OutOfMemoryError tooMuchAtOnce) {
                LOG.warn("Memory ran out while reading {} items at once: they are read one by one", receipts.size());
            }
        }
        var items = new ArrayList<Item>(receipts.size());
        for (var receipt : receipts) {
            items.add(readAlone(receipt, mends));
        }
        return items;
    }

    private List<Item> readTogether(List<Receipt> receipts, Map<ReceiptId, Mend> mends) {
        var tasks = receipts.stream()
                .map(r -> (Callable<Item>) () -> read(r, mends))
                .toList();
        try {
            var items = new ArrayList<Item>(receipts.size());
            boolean letters = receipts.stream().anyMatch(r -> r.channel() == Channel.LETTER);
            for (var future : (letters ? letterReaders : readers).invokeAll(tasks)) {
                items.add(future.get());
            }
            return items;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServerAway(interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof OutOfMemoryError full) {
                throw full;
            }
            // The reader keeps what an item does to itself: what comes out of it is the store's.
            throw new ServerAway(Objects.requireNonNullElse(failed.getCause(), failed));
        }
    }

    private Item read(Receipt receipt, Map<ReceiptId, Mend> mends) throws IOException {
        var mend = mends.get(receipt.id());
        return mend == null ? reader.read(receipt) : reader.read(receipt, mend);
    }

    /** Memory may be short for a while, whoever uses it; an item for which it is short each time is at fault itself. */
    private Item readAlone(Receipt receipt, Map<ReceiptId, Mend> mends) throws IOException {
        try {
            var item = read(receipt, mends);
            memoryRanOut.remove(receipt.id());
            return item;
        } catch (OutOfMemoryError full) {
            if (memoryRanOut.merge(receipt.id(), 1, Integer::sum) < MEMORY_TRIES_MAX) {
                throw new ServerAway(full);
            }
            memoryRanOut.remove(receipt.id());
            LOG.error("Reading the item of receipt {} took more memory than there is", receipt.id());
            return new Item.Refused(
                    receipt,
                    "too-much-memory",
                    "Reading this item takes more memory than Postbag has. It is kept as it came, and can be filed again with more memory.");
        }
    }
}
