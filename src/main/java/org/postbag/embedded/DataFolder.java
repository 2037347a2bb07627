package org.postbag.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Try mode's data folder, held by one program at a time: a second one would stop the first one's PostgreSQL, taking it for one that was left behind. The
 * operating system lets go of the lock when the program ends, however it ends.
 */
final class DataFolder implements AutoCloseable {

    private static final String LOCK = "in-use";

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * @throws DataFolderInUse if another program holds the folder
     * @throws IOException if the folder cannot be made or written to
     */
    static DataFolder hold(Path path) throws IOException {
        Files.createDirectories(path);
        var channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new DataFolderInUse(path);
        }
        return new DataFolder(path, channel);
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisVeryProgram) {
            return null;
        }
    }
}
