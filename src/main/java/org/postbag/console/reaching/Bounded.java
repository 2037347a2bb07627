package org.postbag.console.reaching;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postbag.receiving.SourceLook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs looks, each on a thread of its own that is given up after a time. A few at once: one that was given up counts until its thread has really ended, so
 * that a hundred tests of a server that never answers leave a few threads behind, not a hundred.
 */
public final class Bounded {

    private static final Logger LOG = LoggerFactory.getLogger(Bounded.class);

    private final Semaphore free;
    private final Duration timeMax;

    public Bounded(int atOnceMax, Duration timeMax) {
        this.free = new Semaphore(atOnceMax);
        this.timeMax = timeMax;
    }

    /** What is done within the time. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /** @return false where nothing was begun, since as many run as may */
    public boolean run(SourceLook look, Work work) {
        if (!free.tryAcquire()) {
            return false;
        }
        var done = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("look-at-source").start(() -> {
            try {
                work.run();
            } catch (SourceLook.GivenUp late) {
                LOG.debug("A look ended after it was given up");
            } catch (Exception
                    | StackOverflowError
                    | OutOfMemoryError fault) { // Whatever a source makes a library throw.
                // Its message may hold what the other side said.
                LOG.warn("A look at a source failed: {}", fault.getClass().getName());
                look.giveUp("Postbag failed in doing this; the fault is ours.");
            } finally {
                free.release();
                done.countDown();
            }
        });
        try {
            if (!done.await(timeMax.toMillis(), TimeUnit.MILLISECONDS)) {
                look.giveUp(
                        "There was no answer in time: all of it may take %d seconds. Check host and port, and whether a firewall is between."
                                .formatted(timeMax.toSeconds()));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            look.giveUp("Postbag was stopping.");
        }
        return true;
    }
}
