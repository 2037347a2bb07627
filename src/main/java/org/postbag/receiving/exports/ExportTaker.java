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
import org.postbag.receiving.Profile;
import org.postbag.receiving.ProfileProblem;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.exports.ExportRecords.Row;
import org.postbag.receiving.exports.ExportRecords.Taking;
import org.postbag.receiving.exports.RowCutter.CutRow;

/**
 * Takes an export out of its folder: cuts it into rows, hands them to the receiver, and only then deletes it. Whatever ends it half-way leaves the
 * file where it is; read again, the rows that were durable are known.
 */
class ExportTaker {

    private static final int BATCH_ROWS = 500;
    private static final int BATCH_BYTES = 8 * 1024 * 1024;
    private static final long EXPORT_BYTES_MAX = 1024L * 1024 * 1024;

    private final Receiver receiver;
    private final Profiles profiles;
    private final ExportRecords records;
    private final ExportVault vault;
    private final ExportSettings settings;
    private final Clock clock;

    ExportTaker(
            Receiver receiver,
            Profiles profiles,
            ExportRecords records,
            ExportVault vault,
            ExportSettings settings,
            Clock clock) {
        this.receiver = receiver;
        this.profiles = profiles;
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
        try (var cutter = open(file, stamp, profileName)) {
            var taking = records.begin(hash, route, profileName, folder, name(file));
            int rows = receive(cutter, new Source(taking, route, profileName, hash));
            return finish(file, stamp, taking, rows, cutter.notes(), hash);
        } catch (BrokenExport broken) {
            if (isYoung(stamp) || !stamp(file).equals(stamp)) {
                return Outcome.LEFT;
            }
            vault.hold(file, hash);
            records.held(
                    records.begin(hash, route, profileName, folder, name(file)).id(), broken.reason());
            remove(file);
            return Outcome.HELD;
        }
    }

    private record Source(Taking taking, String route, String profile, String hash) {}

    private RowCutter open(Path file, Stamp stamp, String profileName) throws IOException {
        if (stamp.size() > EXPORT_BYTES_MAX) {
            throw new BrokenExport("The file is larger than 1 GB");
        }
        return switch (profiles.refresh(profileName)) {
            case Profile profile -> Cutters.open(file, profile);
            case ProfileProblem problem -> throw new BrokenExport(problem.problem());
        };
    }

    private int receive(RowCutter cutter, Source source) throws IOException {
        if (!(profiles.named(source.profile()) instanceof Profile profile)) {
            throw new BrokenExport("The profile is gone");
        }
        var arrivals = new RowArrivals(source.route(), profile, source.hash());
        var batch = new ArrayList<Arrival>();
        long bytes = 0;
        int rows = 0;
        for (CutRow row = cutter.next(); row != null; row = cutter.next()) {
            var arrival = arrivals.arrival(row);
            batch.add(arrival);
            bytes += arrival.content().length;
            rows = row.number();
            if (batch.size() >= BATCH_ROWS || bytes >= BATCH_BYTES) {
                receive(batch, source);
                batch.clear();
                bytes = 0;
            }
        }
        if (!batch.isEmpty()) {
            receive(batch, source);
        }
        return rows;
    }

    private void receive(List<Arrival> batch, Source source) {
        var acknowledged = receiver.receive(List.copyOf(batch));
        var rows = new ArrayList<Row>();
        for (int i = 0; i < batch.size(); i++) {
            var number = batch.get(i).sourceRow();
            rows.add(new Row(
                    number == null ? 0 : number,
                    acknowledged.get(i).receipt().id().hex(),
                    isKnown(acknowledged.get(i), batch.get(i), source)));
        }
        records.add(source.taking().id(), rows);
    }

    /** A row that a crash left durable before it was recorded is this export's own, not one that came before. */
    private static boolean isKnown(Acknowledgement acknowledgement, Arrival arrival, Source source) {
        var first = acknowledgement.receipt();
        boolean own = source.hash().equals(first.sourceFile())
                && arrival.sourceRow() != null
                && arrival.sourceRow().equals(first.sourceRow())
                && !source.taking().repeat();
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

    /** A text whose last line has no end may lack the rest of it; it has that long to come. */
    private boolean isUnfinished(Path file, Stamp stamp) throws IOException {
        return isYoung(stamp) && !Cutters.endsWithLine(file);
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
