package org.postbag.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How far a backlog is: on one line of a terminal twice a second, else on a line every few seconds. */
final class ImportProgress {

    private static final Duration ON_TERMINAL = Duration.ofMillis(500);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);
    private static final double BYTES_IN_A_MB = 1_000_000;

    private final Terminal terminal;
    private final Clock clock;
    private final boolean onTerminal;
    private Instant began;
    private Instant told;
    private long bytesOfAll;
    private long bytes;
    private long items;

    ImportProgress(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.onTerminal = System.console() != null && System.console().isTerminal();
        this.began = clock.instant();
        this.told = began;
    }

    void begin(long all) {
        bytesOfAll = all;
        began = clock.instant();
        told = began;
    }

    void read(long more) {
        bytes += more;
        tell();
    }

    void done(long more) {
        items += more;
        tell();
    }

    void end() {
        if (onTerminal) {
            terminal.show("");
        }
    }

    /** For the last line. */
    String took() {
        return ", in %s (%,.0f items/s)".formatted(words(Duration.between(began, clock.instant())), rate());
    }

    private void tell() {
        var now = clock.instant();
        if (Duration.between(told, now).compareTo(onTerminal ? ON_TERMINAL : ELSEWHERE) < 0) {
            return;
        }
        told = now;
        var line = "%,d items; %,.1f of %,.1f MB read; %,.0f items/s%s"
                .formatted(items, bytes / BYTES_IN_A_MB, bytesOfAll / BYTES_IN_A_MB, rate(), left(now));
        if (onTerminal) {
            terminal.show(line);
        } else {
            terminal.tell(line);
        }
    }

    private double rate() {
        return items
                * 1000.0
                / Math.max(1, Duration.between(began, clock.instant()).toMillis());
    }

    private String left(Instant now) {
        if (bytes == 0 || bytes >= bytesOfAll) {
            return "";
        }
        long millis = Duration.between(began, now).toMillis();
        return "; about " + words(Duration.ofMillis((long) (millis * ((double) (bytesOfAll - bytes) / bytes))))
                + " left";
    }

    private static String words(Duration time) {
        if (time.toMinutes() == 0) {
            return "%d s".formatted(time.toSeconds());
        }
        return time.toHours() == 0
                ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
                : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
}
