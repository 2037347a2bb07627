package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.postbag.receiving.Acknowledgement;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.exports.ExportRecords.Row;
import org.postbag.receiving.exports.ExportRecords.Taking;

/**
 * Takes a file out of its folder: cuts it into items, hands them to the receiver, and only then deletes it. Whatever ends it half-way leaves the
 * file where it is; read again, the items that were durable are known.
 */
class ExportTaker {

    private static final int BATCH_ROWS = 500;
    private static final int BATCH_BYTES = 8 * 1024 * 1024;

    private final Receiver receiver;
    private final Cutting cutting;
    private final ExportRecords records;
    private final ExportVault vault;
    private final ExportSettings settings;
    private final Clock clock;

    ExportTaker(
            Receiver receiver,
            Cutting cutting,
            ExportRecords records,
            ExportVault vault,
            ExportSettings settings,
            Clock clock) {
        this.receiver = receiver;
        this.cutting = cutting;
        this.records = records;
        this.vault = vault;
        this.settings = settings;
        this.clock = clock;
    }

    /** What became of a file in the folder. */
    enum Outcome {
        /** Every row is durable, and the file is gone from the folder. */
        TAKEN,
        /** It lies whole in the vault, and is gone from the folder. */
        HELD,
        /** It seems to be still written; it stays for a later look. */
        LEFT
    }

    private record Stamp(long size, FileTime modified) {}

    /**
     * @throws IOException if the folder or the vault is away; a {@link RuntimeException} from the receiver or the database alike: the file stays, and
     *     taking it again is safe
     */
    Outcome take(Path file, String route, String profileName) throws IOException {
        var stamp = stamp(file);
        if (isUnfinished(file, stamp)) {
            return Outcome.LEFT;
        }
        var hash = vault.hash(file);
        var folder = SealedFiles.folderOf(file).toString();
        var came = records.came(hash);
        try (var items = cutting.open(file, new Cutting.Source(route, profileName, hash, came))) {
            var taking = records.begin(hash, route, profileName, folder, name(file), came);
            int rows = receive(items, taking, hash);
            return finish(file, stamp, taking, rows, items.notes(), hash);
        } catch (BrokenExport broken) {
            if (isYoung(stamp) || !stamp(file).equals(stamp)) {
                return Outcome.LEFT;
            }
            vault.hold(file, hash);
            records.held(
                    records.begin(hash, route, profileName, folder, name(file), came)
                            .id(),
                    broken.reason());
            remove(file);
            return Outcome.HELD;
        }
    }

    private int receive(Cutting.Items items, Taking taking, String hash) throws IOException {
        var batch = new ArrayList<Arrival>();
        long bytes = 0;
        int rows = 0;
        for (var arrival = items.next(); arrival != null; arrival = items.next()) {
            batch.add(arrival);
            bytes += arrival.content().length;
            rows = row(arrival);
            if (batch.size() >= BATCH_ROWS || bytes >= BATCH_BYTES) {
                receive(batch, taking, hash);
                batch.clear();
                bytes = 0;
            }
        }
        if (!batch.isEmpty()) {
            receive(batch, taking, hash);
        }
        return rows;
    }

    private static int row(Arrival arrival) {
        var number = arrival.sourceRow();
        return number == null ? 0 : number;
    }

    private void receive(List<Arrival> batch, Taking taking, String hash) {
        var acknowledged = receiver.receive(List.copyOf(batch));
        var rows = new ArrayList<Row>();
        for (int i = 0; i < batch.size(); i++) {
            rows.add(new Row(
                    row(batch.get(i)),
                    acknowledged.get(i).receipt().id().hex(),
                    isKnown(acknowledged.get(i), batch.get(i), taking, hash)));
        }
        records.add(taking.id(), rows);
    }

    /** A row that a crash left durable before it was recorded is this export's own, not one that came before. */
    private static boolean isKnown(Acknowledgement acknowledgement, Arrival arrival, Taking taking, String hash) {
        var first = acknowledgement.receipt();
        boolean own = hash.equals(first.sourceFile())
                && arrival.sourceRow() != null
                && arrival.sourceRow().equals(first.sourceRow())
                && !taking.repeat();
        return acknowledgement.known() && !own;
    }

    private Outcome finish(Path file, Stamp stamp, Taking taking, int rows, String notes, String hash)
            throws IOException {
        if (!stamp(file).equals(stamp)) {
            records.forget(taking.id());
            return Outcome.LEFT;
        }
        if (settings.keepFinished()) {
            vault.keep(file, hash);
        }
        records.taken(taking.id(), rows, notes);
        remove(file);
        vault.noLongerHeld(hash);
        return Outcome.TAKEN;
    }

    private static void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
        SealedFiles.syncFolder(SealedFiles.folderOf(file));
    }

    /** The rest of a file whose end isn't there has that long to come. */
    private boolean isUnfinished(Path file, Stamp stamp) throws IOException {
        return isYoung(stamp) && !cutting.endsWhole(file);
    }

    private boolean isYoung(Stamp stamp) {
        return stamp.modified().toInstant().plus(settings.patience()).isAfter(clock.instant());
    }

    private static Stamp stamp(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new IOException("Not a file");
        }
        return new Stamp(attributes.size(), attributes.lastModifiedTime());
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replace("\0", "");
    }
}
