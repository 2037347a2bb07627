package org.postbag.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets long work end well when someone presses Ctrl-C: it is asked to stop, and the program waits until it has. Whatever else ends with the program may
 * ask first, so that nothing is taken away from under the work.
 */
final class Interruption implements AutoCloseable {

    private static final long WAIT_SECONDS = 30;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("interruption").unstarted(this::ask);
    private volatile boolean asked;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the work should end. */
    boolean isAsked() {
        return asked;
    }

    /** Asks the work to end, and waits until it has. */
    void ask() {
        asked = true;
        try {
            var _ = ended.await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work has ended, and said so. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The program ends already, and the hook with it.
        }
    }
}
