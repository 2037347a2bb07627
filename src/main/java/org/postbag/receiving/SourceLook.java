package org.postbag.receiving;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A look at a source that takes nothing and changes nothing: how far it came, and what it found. One thread looks; another may give it up at any time, which
 * closes what the look had opened and keeps what it had found.
 */
public final class SourceLook {

    private final List<Step> steps = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();
    private @Nullable String current;
    private boolean ended;

    /**
     * @param words what was found; where it failed, why and what to do next. Nothing that an item says
     */
    public record Step(String title, boolean ok, String words) {}

    /** What lies at the source. */
    public sealed interface Found {}

    /** An item as a route would hand it over. */
    public record Item(Arrival arrival) implements Found {}

    /** A whole file that a route would hold. */
    public record Misfit(String file, long bytes, String reason) implements Found {}

    /** Whoever looks should stop: it was given up. */
    public static final class GivenUp extends RuntimeException {

        private static final long serialVersionUID = 1;

        GivenUp() {
            super("given up", null, false, false);
        }
    }

    public synchronized void begin(String title) {
        check();
        current = title;
    }

    /** The step that was begun went well. */
    public synchronized void well(String words) {
        check();
        steps.add(new Step(title(), true, words));
        current = null;
    }

    /** The step that was begun failed; the look should end. */
    public synchronized void failed(String words) {
        check();
        steps.add(new Step(title(), false, words));
        current = null;
    }

    public synchronized void found(Found what) {
        check();
        found.add(what);
    }

    /** Closed where the look is given up, so that a thread which waits for the other side ends. */
    public synchronized void closes(Closeable one) {
        if (ended) {
            close(one);
        }
        open.add(one);
    }

    /** @param words said of the step that was going on, where one was */
    public synchronized void giveUp(String words) {
        if (ended) {
            return;
        }
        if (current != null) {
            failed(words);
        }
        ended = true;
        open.forEach(SourceLook::close);
    }

    public synchronized List<Step> steps() {
        return List.copyOf(steps);
    }

    public synchronized List<Found> found() {
        return List.copyOf(found);
    }

    public synchronized boolean hasFailed() {
        return steps.stream().anyMatch(step -> !step.ok());
    }

    private String title() {
        return current == null ? "Look" : current;
    }

    private void check() {
        if (ended) {
            throw new GivenUp();
        }
    }

    /** On a thread of its own: closing an encrypted connection may wait for the one that reads from it. */
    private static void close(Closeable one) {
        Thread.ofVirtual().start(() -> {
            try {
                one.close();
            } catch (IOException | RuntimeException gone) {
                // It was to be gone.
            }
        });
    }
}
