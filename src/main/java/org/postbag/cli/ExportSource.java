package org.postbag.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.backlog.Batch;
import org.postbag.normalising.CallTime;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Profile;
import org.postbag.receiving.exports.ExportPreview;
import org.postbag.receiving.exports.RowItem;

/**
 * An export that was found to fit its profile from its first row to its last.
 *
 * @param written when it was found so: what changed since then need not fit any more
 * @param rows how many there are
 */
record ExportSource(Path path, Batch.Kind.Rows kind, long bytes, FileTime written, long rows) implements ImportSource {

    /**
     * @param profiles that may read it: exactly one must
     * @throws UsageProblem if none does, or several do
     */
    static ExportSource of(Path path, List<Profile> profiles, Terminal terminal) throws UsageProblem {
        if (!Files.isRegularFile(path)) {
            throw new UsageProblem(
                    Files.exists(path)
                            ? "\"%s\" is no file; name the exports in it".formatted(path)
                            : "there is no file \"%s\"".formatted(path));
        }
        try {
            var profile = fitting(path, profiles);
            var written = Files.getLastModifiedTime(path);
            var rows = new AtomicLong();
            var broken = ExportPreview.rows(path, profile, _ -> rows.incrementAndGet());
            if (broken.isPresent()) {
                throw new UsageProblem("\"%s\" can't be cut into rows after row %,d: %s. Nothing was taken"
                        .formatted(path, rows.get(), broken.get()));
            }
            if (profiles.size() > 1) {
                terminal.tell("%s is read by the profile %s".formatted(path, profile.name()));
            }
            return new ExportSource(
                    path,
                    new Batch.Kind.Rows(profile, ExportPreview.digest(path)),
                    Files.size(path),
                    written,
                    rows.get());
        } catch (IOException unreadable) {
            throw new UsageProblem("\"%s\" can't be read".formatted(path));
        }
    }

    private static Profile fitting(Path path, List<Profile> profiles) throws IOException, UsageProblem {
        var fitting = new ArrayList<Profile>();
        ExportPreview.@Nullable Misfit closest = null;
        for (var profile : profiles) {
            var misfit = ExportPreview.misfit(path, profile).orElse(null);
            if (misfit == null) {
                fitting.add(profile);
            } else if (closest == null || misfit.columnsMatched() > closest.columnsMatched()) {
                closest = misfit;
            }
        }
        // What has no header fits more than what has one.
        if (fitting.stream().anyMatch(profile -> profile.headings().isEmpty())) {
            fitting.removeIf(profile -> !profile.headings().isEmpty());
        }
        if (fitting.size() > 1) {
            throw new UsageProblem("\"%s\" fits several profiles (%s): choose one by --profile"
                    .formatted(path, fitting.stream().map(Profile::name).collect(Collectors.joining(", "))));
        }
        if (fitting.isEmpty()) {
            throw new UsageProblem("\"%s\" is not taken: %s%s"
                    .formatted(
                            path,
                            closest == null ? "no profile fits" : closest.reason(),
                            profiles.size() == 1
                                    ? ""
                                    : ". No other of the %d profiles fits better".formatted(profiles.size())));
        }
        return fitting.getFirst();
    }

    @Override
    public void each(Sink sink, LongConsumer read) throws IOException {
        if (!Files.getLastModifiedTime(path).equals(written) || Files.size(path) != bytes) {
            sink.unfit(path.toString(), "it was written to since it was looked at: import it again");
            return;
        }
        var done = new AtomicLong();
        var broken = ExportPreview.rows(path, kind.profile(), row -> {
            sink.item(Batch.Item.row(row, reachedAt(row)));
            long before = bytes * done.getAndIncrement() / rows;
            read.accept(bytes * Math.min(done.get(), rows) / rows - before);
        });
        broken.ifPresent(why -> sink.unfit(path.toString(), why));
    }

    /** A call reached the body when it took place. */
    private @Nullable Instant reachedAt(RowItem row) {
        return row.row() instanceof ExportRow.Whole whole
                ? CallTime.parse(kind.profile().value(Profile.Field.WHEN, whole), kind.profile())
                        .map(CallTime::at)
                        .orElse(null)
                : null;
    }
}
