package org.postbag.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.extracting.FileReading;
import org.postbag.normalising.Readers;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.exports.ExportPreview;
import org.postbag.receiving.messages.Cut;
import org.postbag.receiving.messages.MessengerBatch;
import org.postbag.receiving.messages.XBatch;

/** Prints the lines of one file after the other, and on long work now and then how far it is. */
final class ItemLines {

    /** Whoever only looks at a file has no receipt for it. */
    private static final ReceiptId NONE = new ReceiptId("0".repeat(64));

    private static final String ROUTE = "command-line";
    private static final long FILE_BYTES_MAX = 256L * 1024 * 1024;
    private static final Duration PROGRESS_PERIOD = Duration.ofSeconds(3);

    private final Channel channel;
    private final List<Profile> profiles;
    private final Readers readers;
    private final FileReading opening;
    private final Terminal terminal;
    private final Clock clock;
    private Instant told;
    private long items;

    /** @param profiles that may read the rows of exports: the first that an export fits does; none where its items are no rows */
    ItemLines(
            Channel channel,
            List<Profile> profiles,
            Readers readers,
            FileReading opening,
            Terminal terminal,
            Clock clock) {
        this.channel = channel;
        this.profiles = List.copyOf(profiles);
        this.readers = readers;
        this.opening = opening;
        this.terminal = terminal;
        this.clock = clock;
        this.told = clock.instant();
    }

    /** Prints a line for each item in the file, which is one of {@code files} and has {@code before} before it. */
    void print(Path file, int before, int files) {
        try {
            var written = Files.getLastModifiedTime(file).toInstant();
            if (!profiles.isEmpty()) {
                printRows(file, written, before, files);
            } else if (cut(Files.size(file) > FILE_BYTES_MAX ? new byte[0] : Files.readAllBytes(file))
                            instanceof Cut.Items batch
                    && !batch.items().isEmpty()) {
                printBatch(file, batch, written, before, files);
            } else {
                print(file, null, whole(file, written), before + 1, files);
            }
        } catch (IOException unreadable) {
            var reason = "The file could not be opened: it is gone, or you may not read it.";
            print(file, null, new Unreadable("unreadable-file", reason), before + 1, files);
        }
    }

    private void printRows(Path file, Instant written, int before, int files) throws IOException {
        var misfits = new ArrayList<ExportPreview.Misfit>();
        for (var profile : profiles) {
            var misfit = ExportPreview.misfit(file, profile);
            if (misfit.isEmpty()) {
                ExportPreview.cut(
                                file,
                                ROUTE,
                                profile,
                                row -> print(
                                        file,
                                        row.sourceRow(),
                                        read(receipt(row, written), row.content()),
                                        before,
                                        files))
                        .ifPresent(reason -> print(file, null, new Unreadable("held", reason), before + 1, files));
                return;
            }
            misfits.add(misfit.get());
        }
        var closest = misfits.stream()
                .max(Comparator.comparingInt(ExportPreview.Misfit::columnsMatched))
                .orElseThrow();
        var reason = profiles.size() == 1
                ? closest.reason()
                : closest.reason() + ". No other of the %d profiles fits better".formatted(profiles.size());
        print(file, null, new Unreadable("held", reason), before + 1, files);
    }

    /** What a platform sends may hold what several people did. */
    private Cut cut(byte[] content) {
        return switch (channel) {
            case FACEBOOK -> MessengerBatch.cut(content, ROUTE);
            case X -> XBatch.cut(content, ROUTE, "");
            default -> new Cut.Malformed("A file is an item");
        };
    }

    private void printBatch(Path file, Cut.Items batch, Instant written, int before, int files) {
        var items = batch.items();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            boolean last = i == items.size() - 1;
            print(
                    file,
                    items.size() == 1 ? null : i + 1,
                    read(receipt(item, written), item.content()),
                    last ? before + 1 : before,
                    files);
        }
    }

    private void print(Path file, @Nullable Integer row, Reading reading, int filesRead, int files) {
        terminal.print(JsonLine.of(file.toString(), row, reading, opening));
        items++;
        var now = clock.instant();
        if (Duration.between(told, now).compareTo(PROGRESS_PERIOD) >= 0) {
            told = now;
            terminal.tell("%,d items; %,d of %,d files read".formatted(items, filesRead, files));
        }
    }

    private Reading whole(Path file, Instant written) throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            return new Unreadable("too-large", "The file is larger than 256 MB.");
        }
        var content = Files.readAllBytes(file);
        var receipt =
                new Receipt(NONE, channel, Direction.INBOUND, ROUTE, written, content.length, null, null, null, null);
        return read(receipt, content);
    }

    private static Receipt receipt(Arrival row, Instant written) {
        return new Receipt(
                NONE,
                row.channel(),
                row.direction(),
                row.route(),
                written,
                row.content().length,
                null,
                row.profile(),
                null,
                row.sourceRow());
    }

    /** A reader that fails costs one item, as in filing. */
    private Reading read(Receipt receipt, byte[] content) {
        try {
            return readers.normalise(receipt, content);
        } catch (RuntimeException | StackOverflowError fault) {
            return new Unreadable("reader-failed", "Postbag failed in reading this item; the fault is ours.");
        }
    }
}
