package org.postbag.enquiries;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.postbag.bench.Parallel;
import org.postbag.bench.Program;
import org.postbag.normalising.Normaliser;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.springframework.transaction.support.TransactionTemplate;

/** The two halves of filing by themselves: reading items, and recording what was read. */
public final class FilingStages implements AutoCloseable {

    /** As many as Kafka gives a consumer at once, and as many consumers as there are unless set. */
    public static final int BATCH = 500;

    public static final int CONSUMERS = 2;

    private final ItemReader reader;
    private final Map<ReceiptId, Item> read = new ConcurrentHashMap<>();
    private final BatchReader readBefore;
    private final Filer recorder;

    public FilingStages(Program program) {
        var raw = program.bean(RawStore.class);
        var normaliser = program.bean(Normaliser.class);
        reader = new ItemReader(raw, normaliser);
        readBefore = new BatchReader(new ItemReader(raw, normaliser) {
            @Override
            Item read(Receipt receipt) {
                return Objects.requireNonNull(read.remove(receipt.id()), "not read before");
            }
        });
        recorder = new Filer(
                readBefore,
                program.bean(Mends.class),
                program.bean(FilingTables.class),
                program.bean(SentTables.class),
                program.bean(Recording.class),
                program.bean(TransactionTemplate.class),
                Clock.systemUTC());
    }

    /** From raw file to item, with as many threads as filing has. */
    public void read(List<Receipt> receipts) throws Exception {
        Parallel.each(receipts, Runtime.getRuntime().availableProcessors(), this::read);
    }

    private Receipt read(Receipt receipt) throws IOException {
        if (!(reader.read(receipt) instanceof Item.Readable item)) {
            throw new IllegalStateException("A mail of the benchmark was refused");
        }
        read.put(receipt.id(), item);
        return receipt;
    }

    /** Records what was {@link #read}, in batches of a size. */
    public void record(List<Receipt> receipts, int batch) throws Exception {
        Parallel.each(Parallel.pieces(receipts, batch), CONSUMERS, piece -> {
            recorder.file(piece);
            return piece;
        });
    }

    @Override
    public void close() {
        readBefore.close();
    }
}
