package org.postbag.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postbag.backlog.Batch;
import org.postbag.backlog.Imports.Taken;

/** Takes in one file or folder after the other, in batches, and tells how far it is and how it went. */
final class ImportRun {

    private static final int TRIES_MAX = 6;
    private static final int PLACES_TOLD_MAX = 20;

    private final Taker taker;
    private final boolean dryRun;
    private final Interruption interruption;
    private final Terminal terminal;
    private final ImportProgress progress;
    /** What a dry run has seen, since nothing of it is there afterwards; a hash of each. */
    private final Set<Long> seen = new HashSet<>();

    private final Map<Path, Integer> taken = new HashMap<>();
    private int placesTold;

    /** Takes a batch in. */
    interface Taker {
        Taken take(Batch batch) throws RunningProgram.Away, RunningProgram.NoAnswer, InterruptedException;
    }

    ImportRun(Taker taker, boolean dryRun, Interruption interruption, Terminal terminal, Clock clock) {
        this.taker = taker;
        this.dryRun = dryRun;
        this.interruption = interruption;
        this.terminal = terminal;
        this.progress = new ImportProgress(terminal, clock);
    }

    /** @param last what is to be said when it is done */
    ExitStatus take(List<ImportSource> sources, String last) {
        progress.begin(sources.stream().mapToLong(ImportSource::bytes).sum());
        var all = Taken.NONE;
        boolean whole = true;
        try {
            for (var source : sources) {
                var one = new One(source);
                try {
                    whole &= one.take();
                } finally {
                    all = all.plus(one.done);
                    taken.put(source.path(), one.done.taken());
                    if (sources.size() > 1) {
                        terminal.print("%s: %s".formatted(source.path(), counts(one.done)));
                    }
                }
            }
        } catch (Stopped stopped) {
            terminal.tell("postbag: %s. %s".formatted(stopped.getMessage(), counts(all)));
            terminal.tell("Start the same command again to go on: what is there is skipped.");
            return ExitStatus.FAILED;
        }
        progress.end();
        terminal.print("%s%s".formatted(capital(counts(all)), progress.took()));
        if (!last.isEmpty() && !dryRun && all.taken() > 0) {
            terminal.print(last);
        }
        if (!whole) {
            terminal.tell("postbag: not everything was taken; see above");
        }
        return whole ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    /** How many items of each file or folder were new. */
    Map<Path, Integer> taken() {
        return Map.copyOf(taken);
    }

    private String counts(Taken taken) {
        return "%s %,d, known already %,d, refused %,d"
                .formatted(dryRun ? "would be taken" : "taken", taken.taken(), taken.known(), taken.refused());
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Nothing more can be taken, or shall be. */
    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stopped(String why) {
            super(why);
        }
    }

    /** One file or folder. */
    private final class One implements ImportSource.Sink {

        private final ImportSource source;
        private final List<Batch.Item> batch = new ArrayList<>();
        private long bytes;
        private Taken done = Taken.NONE;

        One(ImportSource source) {
            this.source = source;
        }

        /** Whether everything was taken. */
        boolean take() {
            boolean read = true;
            try {
                source.each(this, progress::read);
            } catch (IOException unreadable) {
                read = false;
            } catch (OutOfMemoryError tooLittle) {
                batch.clear();
                throw new Stopped("memory ran out: give Java more, as by -Xmx1g");
            }
            flush();
            if (!read) {
                terminal.tell(
                        "postbag: %s can't be read to its end; what came before was taken. Mend it and import it again"
                                .formatted(source.path()));
            }
            return read && done.refused() == 0;
        }

        @Override
        public void item(Batch.Item item) {
            if (dryRun && !isFirst(item)) {
                done = done.plus(new Taken(0, 1, 0));
                progress.done(1);
                return;
            }
            if (bytes + item.content().length > Batch.BYTES_MAX || batch.size() == Batch.ITEMS_MAX) {
                flush();
            }
            batch.add(item);
            bytes += item.content().length;
        }

        @Override
        public void unfit(String place, String why) {
            done = done.plus(new Taken(0, 0, 1));
            tell(place, why);
        }

        @Override
        public void nothing(String place, String why) {
            tell(place, why);
        }

        private void flush() {
            if (!batch.isEmpty()) {
                var taken = taken(new Batch(source.kind(), batch));
                done = done.plus(taken);
                progress.done(batch.size());
            }
            batch.clear();
            bytes = 0;
            if (interruption.isAsked()) {
                throw new Stopped("interrupted");
            }
        }

        /** Who a very large item is takes more memory to work out than there may be: such are counted each time. */
        private boolean isFirst(Batch.Item item) {
            return item.content().length > Batch.BYTES_MAX
                    || new Batch(source.kind(), List.of())
                            .arrival(item)
                            .map(arrival -> seen.add(hash(arrival.externalId())))
                            .orElse(true);
        }
    }

    private void tell(String place, String why) {
        if (++placesTold <= PLACES_TOLD_MAX) {
            terminal.tell("%s: %s".formatted(place, why));
        } else if (placesTold == PLACES_TOLD_MAX + 1) {
            terminal.tell("And more; only the first %d are told.".formatted(PLACES_TOLD_MAX));
        }
    }

    /** A server that is away for a moment doesn't end the work of a night. */
    private Taken taken(Batch batch) {
        try {
            for (int tries = 1; ; tries++) {
                try {
                    return taker.take(batch);
                } catch (RunningProgram.Away away) {
                    if (tries == TRIES_MAX || interruption.isAsked()) {
                        throw new Stopped(String.valueOf(away.getMessage()));
                    }
                    var _ = new CountDownLatch(1).await(1L << (tries - 1), TimeUnit.SECONDS);
                }
            }
        } catch (RunningProgram.NoAnswer none) {
            throw new Stopped(String.valueOf(none.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Stopped("interrupted");
        }
    }

    private static long hash(byte[] id) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(id))
                    .getLong();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
