package org.postbag.console;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks twice a second at what may have been changed on another node, in a thread of its own. One look at a time; one that fails, as while the database is away,
 * is told in the log once until one goes well, and the next may go better: what was known holds until then.
 */
public final class Looks {

    private static final Logger LOG = LoggerFactory.getLogger(Looks.class);
    private static final long EVERY_MILLISECONDS = 500;

    private final String what;
    private final Runnable look;
    private final ScheduledExecutorService thread;
    private boolean away;

    /**
     * @param name of the thread
     * @param what is looked at, for the log: it "can't be looked at"
     */
    public Looks(String name, String what, Runnable look) {
        this.what = what;
        this.look = look;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /** The first look is now, behind. */
    public void begin() {
        thread.scheduleWithFixedDelay(this::now, 0, EVERY_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    /** Looks in the thread of who asks for it. */
    public synchronized void now() {
        try {
            look.run();
            away = false;
        } catch (RuntimeException failed) {
            if (!away) {
                LOG.warn("{} can't be looked at: {}", what, failed.getClass().getSimpleName());
            }
            away = true;
        }
    }

    /** Does something between two looks. */
    public void later(long seconds, Runnable something) {
        thread.schedule(something, seconds, TimeUnit.SECONDS);
    }

    public boolean hasEnded() {
        return thread.isShutdown();
    }

    public void end() {
        thread.shutdownNow();
    }
}
