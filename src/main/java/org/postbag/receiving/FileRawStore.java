package org.postbag.receiving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file an item: {@code <folder>/<channel>/<day>/<receipt id>}, as {@link RawFile} has it. A file is written whole into {@code <folder>/parts}, fsynced,
 * then linked to its own name, which fails where there is one: so one of many threads and processes finds the item absent, and nobody sees half a file.
 */
final class FileRawStore implements RawStore {

    private static final Logger LOG = LoggerFactory.getLogger(FileRawStore.class);
    private static final Pattern ITEM = Pattern.compile("[0-9a-f]{64}");
    private static final String PARTS = "parts";
    private static final Duration PART_AGE_MAX = Duration.ofHours(1);
    /** Clocks of two nodes may differ, and midnight comes while an item is stored: items come under the day before, this one, or the next. */
    private static final int OPEN_DAYS_AROUND = 1;

    private final Path folder;
    private final Path parts;
    private final RawFile files;
    private final Disk disk;
    private final Clock clock;
    private final FolderSync folders;
    private final Set<Path> durableFolders = ConcurrentHashMap.newKeySet();
    private final Map<Channel, OldDays> oldDays = new EnumMap<>(Channel.class);

    /** @param folder is there, durably */
    FileRawStore(Path folder, MasterKey key, Disk disk, Clock clock) {
        this.folder = folder;
        this.parts = folder.resolve(PARTS);
        this.files = new RawFile(key);
        this.disk = disk;
        this.clock = clock;
        this.folders = new FolderSync(disk);
    }

    static boolean isItem(String name) {
        return ITEM.matcher(name).matches();
    }

    @Override
    public Placed place(Receipt receipt, byte[] content) throws IOException {
        var there = find(receipt.id(), receipt.channel());
        if (there.isPresent()) {
            try {
                return known(there.get());
            } catch (DamagedRawItem damaged) {
                // These are the same item's bytes, and good ones.
                LOG.error("{}. It is stored again", damaged.getMessage());
                disk.delete(there.get());
            }
        }
        var day = folder(receipt.channel(), day(receipt));
        makeDurable(day);
        var file = day.resolve(receipt.id().hex());
        var part = parts.resolve(receipt.id().hex() + "." + UUID.randomUUID());
        try {
            disk.write(part, out -> files.write(receipt, content, out));
            disk.link(part, file);
        } catch (FileAlreadyExistsException another) {
            return known(file);
        } finally {
            disk.delete(part);
        }
        var before = folder(receipt.channel(), day(receipt).minusDays(1))
                .resolve(receipt.id().hex());
        if (disk.exists(before)) {
            var first = known(before);
            disk.delete(file);
            return first;
        }
        return new Placed(receipt, file, true);
    }

    private Placed known(Path file) throws IOException {
        return new Placed(header(file), file, false);
    }

    /** What another stored, perhaps this moment, perhaps before a crash, may not be durable yet: so known items are settled too. */
    @Override
    public List<Receipt> settle(List<Placed> placed) throws IOException {
        for (Path day :
                placed.stream().map(one -> parent(one.file())).distinct().toList()) {
            makeDurable(day);
            folders.sync(day);
        }
        var receipts = new ArrayList<Receipt>(placed.size());
        for (Placed one : placed) {
            receipts.add(one.isNew() ? earliest(one) : one.receipt());
        }
        return receipts;
    }

    /**
     * Around midnight two may find the same item absent and store it under two days. Each looks once it has linked its file, so at least one sees the
     * other's: the file under the earlier day stays, and who sees that another was there takes that one's receipt for the first.
     */
    private Receipt earliest(Placed placed) throws IOException {
        var receipt = placed.receipt();
        var after = folder(receipt.channel(), day(receipt).plusDays(1))
                .resolve(receipt.id().hex());
        if (disk.exists(after)) {
            try {
                var first = header(after);
                disk.delete(after);
                return first;
            } catch (NoSuchFileException gaveWay) {
                return receipt;
            }
        }
        return receipt;
    }

    /** Makes a day's folder; each process fsyncs the names of those that it meets, since who made them may not have come to it. */
    private void makeDurable(Path day) throws IOException {
        if (!durableFolders.contains(day)) {
            var channel = parent(day);
            disk.makeFolder(channel);
            folders.sync(folder);
            disk.makeFolder(day);
            folders.sync(channel);
            disk.makeFolder(parts);
            durableFolders.add(day);
        }
    }

    @Override
    public Optional<Stored> item(ReceiptId id, Channel channel) throws IOException {
        var file = find(id, channel);
        if (file.isEmpty()) {
            // A channel that had an item has a folder: without it the disk is away, not the item.
            if (!disk.exists(folder.resolve(channel.code()))) {
                throw new IOException("The raw store is away");
            }
            return Optional.empty();
        }
        try (var in = disk.open(file.get())) {
            return Optional.of(files.item(id, in.readAllBytes()));
        } catch (NoSuchFileException erasedMeanwhile) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Receipt> receipt(ReceiptId id, Channel channel) throws IOException {
        var file = find(id, channel);
        try {
            return file.isEmpty() ? Optional.empty() : Optional.of(header(file.get()));
        } catch (NoSuchFileException erasedMeanwhile) {
            return Optional.empty();
        }
    }

    @Override
    public void erase(ReceiptId id, Channel channel) throws IOException {
        for (LocalDate day : days(channel)) {
            var file = folder(channel, day).resolve(id.hex());
            if (disk.exists(file)) {
                disk.delete(file);
                folders.sync(folder(channel, day));
            }
        }
    }

    @Override
    public List<LocalDate> days(Channel channel) throws IOException {
        return disk.list(folder.resolve(channel.code())).stream()
                .map(OldDays::day)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }

    @Override
    public List<ReceiptId> ids(Channel channel, LocalDate day) throws IOException {
        return disk.list(folder(channel, day)).stream()
                .filter(FileRawStore::isItem)
                .map(ReceiptId::new)
                .toList();
    }

    @Override
    public Stream<Receipt> list(Channel channel, LocalDate day) throws IOException {
        return ids(channel, day).stream()
                .map(id -> folder(channel, day).resolve(id.hex()))
                .<Receipt>mapMulti((file, out) -> {
                    try {
                        out.accept(header(file));
                    } catch (NoSuchFileException erasedMeanwhile) {
                        // It was there when the folder was listed.
                    } catch (IOException damaged) {
                        throw new UncheckedIOException(damaged);
                    }
                });
    }

    /** Removes what a crash left half-written: parts that nobody can still be writing. */
    void tidy() throws IOException {
        var limit = clock.instant().minus(PART_AGE_MAX);
        for (String name : disk.list(parts)) {
            tidy(parts.resolve(name), limit);
        }
    }

    private void tidy(Path part, Instant limit) throws IOException {
        try {
            if (disk.modified(part).isBefore(limit)) {
                disk.delete(part);
            }
        } catch (NoSuchFileException doneMeanwhile) {
            // Another process was writing it.
        }
    }

    private Optional<Path> find(ReceiptId id, Channel channel) throws IOException {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (int days = OPEN_DAYS_AROUND; days >= -OPEN_DAYS_AROUND; days--) {
            var file = folder(channel, today.plusDays(days)).resolve(id.hex());
            if (disk.exists(file)) {
                return Optional.of(file);
            }
        }
        var old = oldDays(channel, today.minusDays(OPEN_DAYS_AROUND));
        if (old.mayHold(id)) {
            return old.folders().stream()
                    .map(day -> day.resolve(id.hex()))
                    .filter(disk::exists)
                    .findFirst();
        }
        return Optional.empty();
    }

    private OldDays oldDays(Channel channel, LocalDate before) throws IOException {
        synchronized (oldDays) {
            var old = oldDays.get(channel);
            if (old == null || !old.before().equals(before)) {
                old = OldDays.read(disk, folder.resolve(channel.code()), before, old);
                oldDays.put(channel, old);
            }
            return old;
        }
    }

    private Path folder(Channel channel, LocalDate day) {
        return folder.resolve(channel.code()).resolve(day.toString());
    }

    private static LocalDate day(Receipt receipt) {
        return LocalDate.ofInstant(receipt.receivedAt(), ZoneOffset.UTC);
    }

    private Receipt header(Path file) throws IOException {
        try (var in = disk.open(file)) {
            return files.receipt(
                    new ReceiptId(String.valueOf(file.getFileName())), in.readNBytes(RawFile.HEAD_BYTES_MAX));
        }
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent());
    }
}
