package org.postbag.receiving;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * One file an item: {@code <folder>/<channel>/<day>/<receipt id>}, with {@code PBRAW1}, the length of the receipt, the receipt as JSON, and the sealed
 * bytes, whose associated data are the id and the receipt. A file is written whole under another name, fsynced, then linked to its own name, which
 * fails where there is one: so one of many threads, processes and nodes finds the item absent, and nobody sees half a file.
 */
final class FileRawStore implements RawStore {

    private static final byte[] MAGIC = "PBRAW1".getBytes(StandardCharsets.US_ASCII);
    private static final int PREFIX_BYTES = MAGIC.length + Integer.BYTES;
    private static final int RECEIPT_BYTES_MAX = 16 * 1024;
    private static final String PART = ".part";
    private static final Duration PART_AGE_MAX = Duration.ofHours(1);

    private final Path folder;
    private final MasterKey key;
    private final Disk disk;
    private final FolderSync folderSync;
    private final Set<Path> durableDays = ConcurrentHashMap.newKeySet();

    FileRawStore(Path folder, MasterKey key, Disk disk) {
        this.folder = folder;
        this.key = key;
        this.disk = disk;
        this.folderSync = new FolderSync(disk);
    }

    @Override
    public Receipt putIfAbsent(Receipt receipt, byte[] content) throws IOException {
        var there = find(receipt.id(), receipt.channel());
        if (there.isPresent()) {
            return known(there.get());
        }
        var day = day(receipt);
        makeFolder(day);
        var file = day.resolve(receipt.id().hex());
        var part = day.resolve("." + receipt.id().hex() + "." + UUID.randomUUID() + PART);
        try {
            write(part, receipt, content);
            disk.link(part, file);
        } catch (FileAlreadyExistsException another) {
            return known(file);
        } finally {
            disk.delete(part);
        }
        folderSync.sync(day);
        return receipt;
    }

    /** What another stored, perhaps this moment, perhaps before a crash, may not be durable yet. */
    private Receipt known(Path file) throws IOException {
        var first = header(file);
        disk.fsyncFile(file);
        folderSync.sync(parent(file));
        folderSync.sync(parent(parent(file)));
        folderSync.sync(folder);
        return first;
    }

    private void makeFolder(Path day) throws IOException {
        boolean missing = disk.makeFolder(day);
        // Another thread may have made it and not yet fsynced its name: a folder that is new to this store is fsynced
        // by each who meets it.
        if (missing || !durableDays.contains(day)) {
            folderSync.sync(parent(day));
            folderSync.sync(folder);
            durableDays.add(day);
        }
    }

    private void write(Path part, Receipt receipt, byte[] content) throws IOException {
        var encoded = ReceiptCodec.encode(receipt);
        var head = new ByteArrayOutputStream();
        var out = new DataOutputStream(head);
        out.write(MAGIC);
        out.writeInt(encoded.length);
        out.write(encoded);
        disk.write(part, head.toByteArray(), key.seal(content, associated(receipt.id(), encoded)));
    }

    @Override
    public Optional<byte[]> read(ReceiptId id, Channel channel) throws IOException {
        var file = find(id, channel);
        if (file.isEmpty()) {
            // A channel that had an item has a folder: without it the disk is away, not the item.
            if (!disk.exists(folder.resolve(channel.code()))) {
                throw new IOException("The raw store is away");
            }
            return Optional.empty();
        }
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(disk.read(file.get()));
        } catch (NoSuchFileException erasedMeanwhile) {
            return Optional.empty();
        }
        try {
            var encoded = encodedReceipt(bytes, id.hex());
            return Optional.of(key.open(bytes, associated(id, encoded)));
        } catch (IOException damaged) {
            throw new DamagedRawItem(id, damaged);
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
        for (Path day : dayFolders(channel)) {
            var file = day.resolve(id.hex());
            if (disk.exists(file)) {
                disk.delete(file);
                folderSync.sync(day);
            }
        }
    }

    @Override
    public List<LocalDate> days(Channel channel) throws IOException {
        var days = new ArrayList<LocalDate>();
        for (String name : disk.list(folder.resolve(channel.code()))) {
            try {
                days.add(LocalDate.parse(name));
            } catch (DateTimeParseException notADay) {
                // Something else that lies here is not ours.
            }
        }
        days.sort(null);
        return days;
    }

    @Override
    public List<ReceiptId> ids(Channel channel, LocalDate day) throws IOException {
        return disk.list(folder.resolve(channel.code()).resolve(day.toString())).stream()
                .filter(name -> name.matches("[0-9a-f]{64}"))
                .map(ReceiptId::new)
                .toList();
    }

    @Override
    public Stream<Receipt> list(Channel channel, LocalDate day) throws IOException {
        var dayFolder = folder.resolve(channel.code()).resolve(day.toString());
        return ids(channel, day).stream().map(id -> {
            try {
                return header(dayFolder.resolve(id.hex()));
            } catch (IOException damaged) {
                throw new UncheckedIOException(damaged);
            }
        });
    }

    /** Removes what a crash left half-written: parts that nobody can still be writing. */
    void tidy(Instant now) throws IOException {
        for (Channel channel : Channel.values()) {
            for (Path day : dayFolders(channel)) {
                for (String name : disk.list(day)) {
                    if (name.startsWith(".")
                            && name.endsWith(PART)
                            && disk.modified(day.resolve(name)).isBefore(now.minus(PART_AGE_MAX))) {
                        disk.delete(day.resolve(name));
                    }
                }
            }
        }
    }

    private Optional<Path> find(ReceiptId id, Channel channel) throws IOException {
        for (Path day : dayFolders(channel)) {
            var file = day.resolve(id.hex());
            if (disk.exists(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The latest first: that is where a repeat most likely lies. */
    private List<Path> dayFolders(Channel channel) throws IOException {
        return days(channel).reversed().stream()
                .map(day -> folder.resolve(channel.code()).resolve(day.toString()))
                .toList();
    }

    private Path day(Receipt receipt) {
        return folder.resolve(receipt.channel().code())
                .resolve(receipt.receivedAt()
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString());
    }

    private Receipt header(Path file) throws IOException {
        var name = String.valueOf(file.getFileName());
        var head = ByteBuffer.wrap(disk.readHead(file, PREFIX_BYTES + RECEIPT_BYTES_MAX));
        try {
            return ReceiptCodec.decode(encodedReceipt(head, name));
        } catch (IllegalArgumentException damaged) {
            throw new IOException("The raw file of receipt " + name + " is damaged", damaged);
        }
    }

    /** Leaves the buffer at the sealed bytes. */
    private static byte[] encodedReceipt(ByteBuffer file, String name) throws IOException {
        var magic = new byte[MAGIC.length];
        if (file.remaining() < PREFIX_BYTES) {
            throw new IOException("The raw file of receipt " + name + " is damaged");
        }
        file.get(magic);
        int length = file.getInt();
        if (!java.util.Arrays.equals(magic, MAGIC)
                || length < 0
                || length > Math.min(RECEIPT_BYTES_MAX, file.remaining())) {
            throw new IOException("The raw file of receipt " + name + " is damaged");
        }
        var encoded = new byte[length];
        file.get(encoded);
        return encoded;
    }

    private static byte[] associated(ReceiptId id, byte[] encodedReceipt) {
        return new Identity.Parts().add(id.hex()).add(encodedReceipt).bytes();
    }

    private static Path parent(Path path) {
        return java.util.Objects.requireNonNull(path.getParent());
    }
}
