package org.postbag.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

class OneLineReporterTest {

    @Test
    void aMissingSettingIsToldInOneLineThatNamesIt() {
        var missing = new MissingSetting("postbag.master-key-file", "a file with 64 hexadecimal digits");
        var analysis = new MissingSettingAnalyzer().analyze(new IllegalStateException("outer", missing));

        assertThat(OneLineReporter.line(Objects.requireNonNull(analysis)))
                .isEqualTo("Postbag does not start without postbag.master-key-file."
                        + " Set postbag.master-key-file to a file with 64 hexadecimal digits.");
    }

    @Test
    void whatSpringSaysInSeveralLinesIsOneToo() {
        var analysis =
                new FailureAnalysis("It failed:\n\n    here\n", "Do this.\nThen that.", new IllegalStateException());

        assertThat(OneLineReporter.line(analysis)).isEqualTo("It failed: here Do this. Then that.");
    }
}
