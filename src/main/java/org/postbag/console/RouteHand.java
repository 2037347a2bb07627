package org.postbag.console;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What this node is doing with one route, and what came of it. */
final class RouteHand {

    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile @Nullable RouteState doing;
    private volatile @Nullable String problem;
    /** Whether the problem is of something that is tried again. */
    private volatile boolean failing;

    private volatile CompletableFuture<@Nullable Void> free = CompletableFuture.completedFuture(null);
    private volatile Duration pause = PAUSE_MIN;
    private volatile long nextNanos = System.nanoTime();

    /** Whether it is free, and taken by the caller now. */
    boolean take() {
        if (!busy.compareAndSet(false, true)) {
            return false;
        }
        free = new CompletableFuture<>();
        return true;
    }

    void letGo() {
        doing = null;
        var ended = free;
        busy.set(false);
        ended.complete(null);
    }

    /** Waits until nothing is being done with it, but no longer than this. */
    void awaitFree(Duration limit) {
        try {
            free.get(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException goesOn) {
            // It goes on behind.
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    void doing(@Nullable RouteState now) {
        doing = now;
    }

    @Nullable
    RouteState doing() {
        return doing;
    }

    /** Why it isn't as it is wanted, or what was left when it was stopped. */
    @Nullable
    String problem() {
        return problem;
    }

    void went(@Nullable String left) {
        problem = left;
        failing = false;
        pause = PAUSE_MIN;
        nextNanos = System.nanoTime();
    }

    /** It is tried again after a pause, longer each time. */
    void failed(String why) {
        problem = why;
        failing = true;
        nextNanos = System.nanoTime() + pause.toNanos();
        pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    }

    /** It is as it is wanted: what failed before is past. */
    void settle() {
        if (failing) {
            went(null);
        }
    }

    boolean isDue() {
        return System.nanoTime() - nextNanos >= 0;
    }

    /** Somebody wants something now: what failed before is tried at once. */
    void hurry() {
        pause = PAUSE_MIN;
        nextNanos = System.nanoTime();
    }
}
