package org.postbag.receiving.exports;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Acknowledgement;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.ReceivingUnavailable;

/** Keeps what it is given in memory, and can be made to go away after some batches, before or after the last one is durable. */
public final class KeepingReceiver implements Receiver {

    public record Kept(Receipt receipt, byte[] content) {}

    final Map<ReceiptId, Kept> kept = new LinkedHashMap<>();
    /** Tests share a database, but no receipts. */
    private final byte[] key = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);

    private int batchesLeft = Integer.MAX_VALUE;
    private boolean lastIsDurable;
    private Runnable afterBatch = () -> {};

    public void goAwayAfter(int batches, boolean lastIsDurable) {
        this.batchesLeft = batches;
        this.lastIsDurable = lastIsDurable;
    }

    public void comeBack() {
        batchesLeft = Integer.MAX_VALUE;
    }

    void afterBatch(Runnable afterBatch) {
        this.afterBatch = afterBatch;
    }

    public List<Kept> all() {
        return List.copyOf(kept.values());
    }

    @Override
    public List<Acknowledgement> receive(List<Arrival> arrivals) {
        if (batchesLeft == 0 && !lastIsDurable) {
            throw new ReceivingUnavailable("gone", new UncheckedIOException(new java.io.IOException("gone")));
        }
        var acknowledgements = new ArrayList<Acknowledgement>();
        for (var arrival : arrivals) {
            var receipt = receipt(arrival);
            var before = kept.putIfAbsent(receipt.id(), new Kept(receipt, arrival.content()));
            acknowledgements.add(new Acknowledgement(before == null ? receipt : before.receipt(), before != null));
        }
        if (batchesLeft == 0) {
            throw new ReceivingUnavailable("gone", new UncheckedIOException(new java.io.IOException("gone")));
        }
        batchesLeft--;
        afterBatch.run();
        return acknowledgements;
    }

    private Receipt receipt(Arrival arrival) {
        return new Receipt(
                new ReceiptId(hash(arrival.externalId())),
                arrival.channel(),
                arrival.direction(),
                arrival.route(),
                Instant.parse("2026-03-04T08:00:00Z"),
                arrival.content().length,
                series(arrival.series()),
                arrival.profile(),
                arrival.sourceFile(),
                arrival.sourceRow());
    }

    private @Nullable String series(@Nullable String series) {
        return series == null ? null : hash(series.getBytes(StandardCharsets.UTF_8));
    }

    private String hash(byte[] of) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(key);
            return HexFormat.of().formatHex(digest.digest(of));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
