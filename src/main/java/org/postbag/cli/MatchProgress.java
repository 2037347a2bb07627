package org.postbag.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.postbag.contacts.matching.Matching;

/** How far matching is: a bar on one line of a terminal, else a line for each stage. May be told from several threads. */
final class MatchProgress {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final int BAR_CHARACTERS = 24;

    private final Terminal terminal;
    private final Clock clock;
    private final boolean onTerminal;
    private final Instant began;
    private Instant told;
    private String stage = "";

    MatchProgress(Terminal terminal, Clock clock, boolean onTerminal) {
        this.terminal = terminal;
        this.clock = clock;
        this.onTerminal = onTerminal;
        this.began = clock.instant();
        this.told = Instant.EPOCH;
    }

    static MatchProgress on(Terminal terminal) {
        var console = System.console();
        return new MatchProgress(terminal, Clock.systemUTC(), console != null && console.isTerminal());
    }

    /** How much of all the time each stage takes, about, and what it is called. */
    private enum Part {
        READING("reading", 0, 0.28),
        FINDING("finding pairs", 0.28, 0.26),
        LEARNING("learning what agreeing is worth", 0.54, 0.06),
        COMPARING("comparing", 0.60, 0.36),
        GROUPING("grouping", 0.96, 0.04);

        private final String words;
        private final double before;
        private final double share;

        Part(String words, double before, double share) {
            this.words = words;
            this.before = before;
            this.share = share;
        }
    }

    void reading(double share) {
        at(Part.READING, share);
    }

    void matching(Matching.Stage now, double share) {
        at(
                switch (now) {
                    case FINDING -> Part.FINDING;
                    case LEARNING -> Part.LEARNING;
                    case COMPARING -> Part.COMPARING;
                    case GROUPING -> Part.GROUPING;
                },
                share);
    }

    private synchronized void at(Part part, double share) {
        boolean isNew = !stage.equals(part.words);
        var now = clock.instant();
        if (onTerminal && (isNew || Duration.between(told, now).compareTo(ON_TERMINAL) >= 0)) {
            terminal.show(bar(part, Math.min(1, share), now));
            told = now;
        } else if (!onTerminal && isNew && part != Part.READING) {
            terminal.tell(part.words);
        }
        stage = part.words;
    }

    private String bar(Part part, double share, Instant now) {
        double done = part.before + part.share * share;
        int filled = (int) (done * BAR_CHARACTERS);
        return String.format(
                Locale.ROOT,
                "[%s%s] %d %% %s%s",
                "#".repeat(filled),
                ".".repeat(BAR_CHARACTERS - filled),
                (int) (done * 100),
                part.words,
                left(done, Duration.between(began, now)));
    }

    private static String left(double done, Duration taken) {
        if (taken.toSeconds() < 1 || done < 0.02) {
            return "";
        }
        long seconds = (long) Math.ceil(taken.toMillis() / 1000.0 * (1 - done) / done);
        return seconds < 60
                ? ", about %d s left".formatted(seconds)
                : ", about %d min %d s left".formatted(seconds / 60, seconds % 60);
    }

    /** The bar makes room for what is told next. */
    synchronized void end() {
        if (onTerminal) {
            terminal.show("");
        }
    }
}
