package org.postbag.receiving;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The few calls of a file system that the raw store makes, so that a test can give it one that forgets what was not fsynced. */
interface Disk {

    Disk REAL = new Disk() {};

    default boolean exists(Path file) {
        return Files.exists(file);
    }

    /** @throws NoSuchFileException if there is none */
    default byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    /** The first bytes of a file, at most {@code length}. */
    default byte[] readHead(Path file, int length) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(length);
        }
    }

    /** Names in a folder; none where there is no folder. */
    default List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /** Makes a folder and says whether it was missing. */
    default boolean makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return false;
        }
        Files.createDirectories(folder);
        return true;
    }

    /** Writes a new file and fsyncs it. */
    default void write(Path file, byte[]... parts) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (byte[] part : parts) {
                var buffer = ByteBuffer.wrap(part);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.force(true);
        }
    }

    /** Gives a file a further name. @throws FileAlreadyExistsException if there is a file of that name */
    default void link(Path file, Path name) throws IOException {
        Files.createLink(name, file);
    }

    default Instant modified(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException gone) {
            return Instant.MAX;
        }
    }

    default void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Makes what a file holds durable. */
    default void fsyncFile(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes the names in a folder durable. */
    default void fsyncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
