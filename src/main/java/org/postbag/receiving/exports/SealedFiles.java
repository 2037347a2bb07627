package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import org.postbag.receiving.MasterKey;

/** Whole exports, encrypted, named by the keyed hash of their content, which is also what they are bound to. */
final class SealedFiles {

    private final Path folder;
    private final MasterKey key;

    SealedFiles(Path folder, MasterKey key) {
        this.folder = folder;
        this.key = key;
    }

    /** Keeps a copy of a file. On return it is on the disk, file and folder. */
    void seal(Path file, String hash) throws IOException {
        Files.createDirectories(folder);
        var sealed = sealed(hash);
        if (Files.exists(sealed)) {
            return;
        }
        var part = folder.resolve("." + hash + ".part");
        try (var in = Files.newInputStream(file);
                var out = key.sealing(Files.newOutputStream(part), bound(hash))) {
            in.transferTo(out);
        }
        sync(part);
        Files.move(part, sealed, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folder);
    }

    /** Writes a file's content to {@code target}, which comes into being whole or not at all. */
    void unseal(String hash, Path target) throws IOException {
        var part = target.resolveSibling("." + target.getFileName() + ".part");
        try (var in = key.opening(Files.newInputStream(sealed(hash)), bound(hash));
                var out = Files.newOutputStream(part)) {
            in.transferTo(out);
        }
        sync(part);
        // It has been still since it was sealed, so whoever waits for it to be still need not wait again.
        Files.setLastModifiedTime(part, Files.getLastModifiedTime(sealed(hash)));
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folderOf(target));
    }

    void delete(String hash) throws IOException {
        if (Files.deleteIfExists(sealed(hash))) {
            syncFolder(folder);
        }
    }

    void deleteBefore(Instant limit) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Path sealed(String hash) {
        return folder.resolve(hash);
    }

    private static byte[] bound(String hash) {
        return hash.getBytes(StandardCharsets.UTF_8);
    }

    private static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    /** A new name is on the disk only when its folder is. */
    static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
