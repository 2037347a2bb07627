package org.postbag.extracting;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postbag.extracting.ReadingMain.Request;

/**
 * A few processes that open files, started when they are needed and used again. One that takes too long or too much memory is killed, one that ended or
 * has done much is replaced.
 */
public final class ReadingProcesses implements FileReading, AutoCloseable {

    private static final Duration TEXT_MAX = Duration.ofMinutes(2);
    private static final Duration CUT_MAX = Duration.ofMinutes(5);
    private static final Duration PICTURE_MAX = Duration.ofSeconds(20);
    private static final Duration WATCH_PERIOD = Duration.ofMillis(200);
    private static final long MEMORY_BYTES_MAX = 1_600L << 20;
    private static final int QUESTIONS_MAX = 200;
    private static final int CONTENT_BYTES_MAX = 100 * 1024 * 1024;
    private static final long BATCH_BYTES_MAX = 300L << 20;
    private static final int TRIES = 2;
    private static final int LOOKS_AT_ONCE_MAX = 2;

    private final Semaphore free;

    /** Whoever looks at a page sits before it: that does not wait for a scan to be read, which may take minutes. */
    private final Semaphore freeForLooks = new Semaphore(LOOKS_AT_ONCE_MAX, true);

    private final Deque<ReadingProcess> idle = new ArrayDeque<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("reading-watch").factory());

    /** @param atOnceMax how many processes there are at most, beside two for those who look at a page */
    public ReadingProcesses(int atOnceMax) {
        this.free = new Semaphore(atOnceMax, true);
    }

    /** How it ended, where it did not end with an answer. */
    private static final class Ended extends IOException {
        private static final long serialVersionUID = 1;
        private final boolean killed;

        Ended(boolean killed, IOException how) {
            super(how);
            this.killed = killed;
        }
    }

    @Override
    public FileText text(byte[] content) {
        if (content.length > CONTENT_BYTES_MAX) {
            return new FileText.NotRead(FileText.Reason.TOO_LARGE);
        }
        try {
            return ask(free, TEXT_MAX, (out, in) -> {
                request(out, Request.TEXT);
                Wire.writeBytes(out, content);
                out.flush();
                return Wire.readText(in);
            });
        } catch (Ended ended) {
            return new FileText.NotRead(FileText.Reason.TOO_MUCH);
        }
    }

    @Override
    public PagePicture picture(byte[] content, int page, int width) {
        if (content.length > CONTENT_BYTES_MAX) {
            return new PagePicture.NotShown(FileText.Reason.TOO_LARGE);
        }
        try {
            return ask(freeForLooks, PICTURE_MAX, (out, in) -> {
                request(out, Request.PICTURE);
                Wire.writeBytes(out, content);
                out.writeInt(page);
                out.writeInt(width);
                out.flush();
                return Wire.readPicture(in);
            });
        } catch (Ended ended) {
            return new PagePicture.NotShown(FileText.Reason.TOO_MUCH);
        }
    }

    @Override
    public Cut cut(Path file, String mark) {
        try {
            if (Files.size(file) > BATCH_BYTES_MAX) {
                return new Cut.NotCut(FileText.Reason.TOO_LARGE);
            }
            return ask(free, CUT_MAX, (out, in) -> {
                request(out, Request.CUT);
                out.writeUTF(file.toAbsolutePath().toString());
                out.writeUTF(mark);
                out.flush();
                return Wire.readCut(in);
            });
        } catch (Ended ended) {
            return new Cut.NotCut(FileText.Reason.TOO_MUCH);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public byte[] piece(Path file, Cut.Piece piece) {
        try {
            if (piece.whole()) {
                return Files.readAllBytes(file);
            }
            return ask(free, CUT_MAX, (out, in) -> {
                request(out, Request.PIECE);
                out.writeUTF(file.toAbsolutePath().toString());
                out.writeInt(piece.from());
                out.writeInt(piece.to());
                out.flush();
                return Wire.readBytes(in);
            });
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        synchronized (idle) {
            idle.forEach(ReadingProcess::close);
            idle.clear();
        }
    }

    private static void request(DataOutputStream out, Request request) throws IOException {
        out.writeByte(request.ordinal());
    }

    /** A process that ended by itself may have been at fault; one that was killed over a file would be again. */
    private <T> T ask(Semaphore free, Duration max, ReadingProcess.Question<T> question) throws Ended {
        free.acquireUninterruptibly();
        try {
            for (int left = TRIES; ; left--) {
                try {
                    return askOnce(max, question);
                } catch (Ended ended) {
                    if (ended.killed || left == 1) {
                        throw ended;
                    }
                }
            }
        } finally {
            free.release();
        }
    }

    private <T> T askOnce(Duration max, ReadingProcess.Question<T> question) throws Ended {
        var process = process();
        var killed = new AtomicBoolean();
        long end = System.nanoTime() + max.toNanos();
        var watching = watch.scheduleWithFixedDelay(
                () -> {
                    if (System.nanoTime() > end || process.memory() > MEMORY_BYTES_MAX) {
                        killed.set(true);
                        process.close();
                    }
                },
                WATCH_PERIOD.toMillis(),
                WATCH_PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            var answer = process.ask(question);
            watching.cancel(false);
            giveBack(process);
            return answer;
        } catch (IOException ended) {
            process.close();
            throw new Ended(killed.get(), ended);
        } finally {
            watching.cancel(false);
        }
    }

    private ReadingProcess process() {
        synchronized (idle) {
            while (!idle.isEmpty()) {
                var process = idle.pop();
                if (process.isAlive()) {
                    return process;
                }
            }
        }
        try {
            return ReadingProcess.start();
        } catch (IOException noRoom) {
            throw new UncheckedIOException(noRoom);
        }
    }

    private void giveBack(ReadingProcess process) {
        if (process.asked() >= QUESTIONS_MAX) {
            process.close();
            return;
        }
        synchronized (idle) {
            idle.push(process);
        }
    }
}
