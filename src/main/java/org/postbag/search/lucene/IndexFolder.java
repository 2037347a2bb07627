package org.postbag.search.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/** The folders of generations, and the file {@code current} that names the one that answers. The lock keeps a second process out. */
final class IndexFolder implements Closeable {

    private static final String CURRENT = "current";
    private static final String LOCK = "node.lock";
    private static final String GENERATION = "generation-";

    /** With less a write may fail half-way. */
    private static final long FREE_BYTES_MIN = 32_000_000;

    private final Path path;
    private final FSDirectory lockDirectory;
    private Lock lock;

    private IndexFolder(Path path, FSDirectory lockDirectory, Lock lock) {
        this.path = path;
        this.lockDirectory = lockDirectory;
        this.lock = lock;
    }

    /**
     * Takes a folder, which is made where there is none.
     *
     * @throws IndexInUse where another process has it
     */
    static IndexFolder take(Path path) throws IOException {
        Files.createDirectories(path);
        var lockDirectory = new NIOFSDirectory(path);
        try {
            return new IndexFolder(path, lockDirectory, lockDirectory.obtainLock(LOCK));
        } catch (LockObtainFailedException e) {
            lockDirectory.close();
            throw new IndexInUse(path, e);
        }
    }

    /** Whether a process has it. */
    static boolean isTaken(Path path) {
        if (!Files.exists(path.resolve(LOCK))) {
            return false;
        }
        try (var directory = new NIOFSDirectory(path);
                var free = directory.obtainLock(LOCK)) {
            free.ensureValid();
            return false;
        } catch (LockObtainFailedException held) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasCurrent() {
        return Files.exists(path.resolve(CURRENT));
    }

    /**
     * The generation that answers.
     *
     * @throws CorruptIndexException where the file names none of ours, so that a damaged one can't point anywhere else
     */
    Path current() throws IOException {
        var name = Files.readString(path.resolve(CURRENT));
        if (!name.matches(GENERATION + "\\d+")) {
            throw new CorruptIndexException("The file names no generation", CURRENT);
        }
        return path.resolve(name);
    }

    /** Durable before the old generation goes: written whole, moved into place, and the folder synced. */
    void pointTo(Path generation) throws IOException {
        var written = path.resolve(CURRENT + ".new");
        Files.writeString(written, generation.getFileName().toString());
        IOUtils.fsync(written, false);
        Files.move(written, path.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
        IOUtils.fsync(path, true);
    }

    void pointToNone() throws IOException {
        Files.deleteIfExists(path.resolve(CURRENT));
    }

    Path make() throws IOException {
        if (!Files.exists(path.resolve(LOCK))) {
            lock.close(); // somebody took the whole folder away, and the lock with it
            lock = lockDirectory.obtainLock(LOCK);
        }
        return Files.createTempDirectory(path, GENERATION);
    }

    /** Whether there is no room for what is written next. */
    boolean isFull() {
        try {
            return Files.getFileStore(path).getUsableSpace() < FREE_BYTES_MIN;
        } catch (IOException away) {
            return false;
        }
    }

    List<Path> allBut(@Nullable Path one) throws IOException {
        var all = new ArrayList<Path>();
        try (var paths = Files.newDirectoryStream(path, GENERATION + "*")) {
            paths.forEach(all::add);
        }
        all.remove(one);
        return all;
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(lock, lockDirectory);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
