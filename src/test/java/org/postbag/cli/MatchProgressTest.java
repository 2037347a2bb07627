package org.postbag.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.postbag.contacts.matching.Matching.Stage;

/** How far it is: a bar where somebody watches, lines where nobody does. */
class MatchProgressTest {

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Instant[] now = {Instant.parse("2026-03-03T16:05:00Z")};
    private final Clock clock = ((InstantSource) () -> now[0]).withZone(ZoneOffset.UTC);

    private MatchProgress progress(boolean onTerminal) {
        return new MatchProgress(new Terminal(new ByteArrayOutputStream(), told), clock, onTerminal);
    }

    @Test
    void aTerminalShowsABarWithStageShareAndTimeLeft() {
        var progress = progress(true);
        progress.reading(0);
        now[0] = now[0].plus(Duration.ofSeconds(60));
        progress.matching(Stage.COMPARING, 0.5);

        assertThat(told.toString(UTF_8)).contains("[........................] 0 % reading");
        assertThat(told.toString(UTF_8)).endsWith("[##################......] 78 % comparing, about 17 s left");
    }

    @Test
    void itIsNotShownAnewForEachStep() {
        var progress = progress(true);
        for (int i = 0; i < 1_000; i++) {
            progress.matching(Stage.COMPARING, i / 1_000.0);
        }

        assertThat(told.toString(UTF_8).split("comparing", -1)).hasSize(2);
    }

    @Test
    void elsewhereEachStageIsALine() {
        var progress = progress(false);
        progress.reading(0.5);
        progress.matching(Stage.FINDING, 0.1);
        progress.matching(Stage.FINDING, 0.2);
        progress.matching(Stage.GROUPING, 1);
        progress.end();

        assertThat(told.toString(UTF_8)).isEqualTo("finding pairs\ngrouping\n");
    }
}
