package org.postbag.console.again;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postbag.console.again.RouteSources.Asked;
import org.postbag.console.reaching.Bounded;
import org.postbag.receiving.RereadSource.Away;
import org.postbag.receiving.RereadSource.Piece;
import org.postbag.receiving.RereadSource.Reading;
import org.postbag.receiving.SourceLook;

/**
 * The source that is being read, kept open from one piece to the next, so that a mailbox isn't signed in to for every few mails. Each piece has a time limit,
 * at which what is open is closed; a source that hangs so costs one thread until it ends.
 */
final class OpenReading {

    private static final int AT_ONCE_MAX = 2;

    private final Bounded bounded;
    private volatile @Nullable Open open;

    OpenReading(Duration timeMax) {
        this.bounded = new Bounded(AT_ONCE_MAX, timeMax);
    }

    private static final class Open {

        final long batch;
        final SourceLook look = new SourceLook();
        final AtomicReference<@Nullable Reading> reading = new AtomicReference<>();
        volatile String place;

        Open(long batch, String place) {
            this.batch = batch;
            this.place = place;
        }
    }

    /** What is done with a reading within the time. */
    @FunctionalInterface
    interface Use<T> {
        T of(Reading reading, Piece piece) throws Away;
    }

    /** The next piece behind a place, and what is made of it. Called by one thread at a time. */
    <T> T next(Asked asked, long batch, String place, int most, Use<T> use) throws Away {
        var now = open;
        if (now == null || now.batch != batch || !now.place.equals(place)) {
            close();
            now = new Open(batch, place);
            open = now;
        }
        var current = now;
        var result = new AtomicReference<@Nullable T>();
        var away = new AtomicReference<@Nullable Away>();
        var fault = new AtomicReference<@Nullable RuntimeException>();
        current.look.begin("Read the source");
        boolean begun = bounded.run(current.look, () -> {
            try {
                var reading = current.reading.get();
                if (reading == null) {
                    reading = asked.source().open(asked.span(), place, current.look);
                    current.reading.set(reading);
                }
                var piece = reading.next(most);
                current.place = piece.place();
                result.set(use.of(reading, piece));
            } catch (Away gone) {
                away.set(gone);
            } catch (SourceLook.GivenUp givenUp) {
                throw givenUp;
            } catch (RuntimeException broken) { // The caller's own servers, such as Kafka.
                fault.set(broken);
            }
        });
        var done = result.get();
        if (done != null && !current.look.hasFailed()) {
            return done;
        }
        boolean givenUp = begun && current.look.hasFailed();
        close();
        // Where it was given up, what its thread says of the closed connection says less.
        if (givenUp) {
            throw new Away(current.look.steps().getLast().words(), away.get());
        }
        if (fault.get() != null) {
            throw fault.get();
        }
        if (away.get() != null) {
            throw away.get();
        }
        throw new Away("An earlier reading of a source that hangs has not ended yet", null);
    }

    /** What was open is closed, by any thread and without waiting: where it hangs, by its look. */
    void close() {
        var last = open;
        open = null;
        if (last == null) {
            return;
        }
        var reading = last.reading.get();
        last.look.giveUp("It was closed.");
        if (reading != null) {
            Thread.ofVirtual().name("close-source").start(() -> {
                try {
                    reading.close();
                } catch (IOException | RuntimeException gone) {
                    // It was to be gone.
                }
            });
        }
    }
}
