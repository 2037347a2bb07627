package org.postbag.receiving;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
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

    int BUFFER_BYTES = 16 * 1024;

    /** Writes what a file is to hold, and may close the stream. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    default boolean exists(Path file) {
        return Files.exists(file);
    }

    /** @throws NoSuchFileException if there is none */
    default InputStream open(Path file) throws IOException {
        return Files.newInputStream(file);
    }

    /** Names in a folder, in no order; none where there is no folder. */
    default List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> String.valueOf(f.getFileName())).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /** Makes a folder in one that is there; does nothing where it is there too. */
    default void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException there) {
            // Another thread or process may have made it at the same time.
        }
    }

    /** Writes a new file and fsyncs it. Its name is durable only when its folder is fsynced. */
    default void write(Path file, Content content) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            content.writeTo(new FilterOutputStream(out) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    out.write(bytes, from, length);
                }

                @Override
                public void close() throws IOException {
                    // The channel is still to be fsynced.
                    flush();
                }
            });
            out.flush();
            channel.force(true);
        }
    }

    /**
     * Gives a file a further name.
     *
     * @throws FileAlreadyExistsException if there is a file of that name
     */
    default void link(Path file, Path name) throws IOException {
        Files.createLink(name, file);
    }

    /** @throws NoSuchFileException if there is none */
    default Instant modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    /** Does nothing where there is none. */
    default void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Makes the names in a folder durable. */
    default void fsyncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
