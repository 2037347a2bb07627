package org.postbag.receiving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Fsyncs folders for many threads at once: one call serves all who asked before it began. */
final class FolderSync {

    private final Disk disk;
    private final ConcurrentHashMap<Path, Folder> folders = new ConcurrentHashMap<>();

    FolderSync(Disk disk) {
        this.disk = disk;
    }

    /** Returns once an fsync of the folder that began after this call has ended. */
    void sync(Path folder) throws IOException {
        folders.computeIfAbsent(folder, Folder::new).sync();
    }

    private final class Folder {

        private final Path path;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition ended = lock.newCondition();
        private long asked;
        private long done;
        private boolean running;

        Folder(Path path) {
            this.path = path;
        }

        void sync() throws IOException {
            lock.lock();
            try {
                long mine = ++asked;
                while (done < mine) {
                    if (running) {
                        ended.awaitUninterruptibly();
                    } else {
                        run();
                    }
                }
            } finally {
                lock.unlock();
            }
        }

        private void run() throws IOException {
            long serves = asked;
            running = true;
            lock.unlock();
            boolean synced = false;
            try {
                disk.fsyncFolder(path);
                synced = true;
            } finally {
                lock.lock();
                running = false;
                if (synced) {
                    done = Math.max(done, serves);
                }
                ended.signalAll();
            }
        }
    }
}
