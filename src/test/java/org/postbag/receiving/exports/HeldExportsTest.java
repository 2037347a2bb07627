package org.postbag.receiving.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postbag.audit.Subject;
import org.postbag.receiving.exports.ExportTaker.Outcome;

class HeldExportsTest extends ExportsOnDisk {

    @Test
    void aFileThatDoesNotFitIsHeldEncryptedUntilItsProfileIsMended() throws IOException {
        var file = drop("calls.csv", (HEADER + rows(1, 3)).replace("Caller number", "CLI"));

        assertThat(take(file)).isEqualTo(Outcome.HELD);
        assertThat(file).doesNotExist();
        assertThat(receiver.all()).isEmpty();
        assertThat(held.held())
                .singleElement()
                .satisfies(export -> assertThat(export.reason())
                        .isEqualTo("The columns don't match the profile contact-centre: missing: Caller number;"
                                + " unexpected: CLI"));
        assertThat(vault())
                .singleElement()
                .satisfies(kept -> assertThat(Files.readString(kept, StandardCharsets.ISO_8859_1))
                        .doesNotContain("Example"));

        long id = held.held().getFirst().id();
        assertThat(held.release(id, "staff:olive")).isTrue();
        settle(file);
        assertThat(take(file)).isEqualTo(Outcome.HELD);

        var profile = profiles.resolve("contact-centre.yaml");
        Files.writeString(profile, Files.readString(profile).replace("number: Caller number", "number: CLI"));
        held.release(id, "staff:olive");
        settle(file);
        assertThat(take(file)).isEqualTo(Outcome.TAKEN);
        file();
        reports.writeDue();

        assertThat(report("calls.csv.report.txt")).contains("Rows:          3\nFiled:         3\n");
        assertThat(held.held()).isEmpty();
        assertThat(vault()).isEmpty();
        assertThat(held.release(id, "staff:olive")).isFalse();
        assertThat(audit.history(new Subject("export", Long.toString(id)), 10)).hasSize(2);
    }

    @Test
    void aReleasedFileDoesNotReplaceAnotherOfItsName() throws IOException {
        take(drop("calls.csv", "no header\n"));
        var other = drop("calls.csv", HEADER + row(1));

        held.release(held.held().getFirst().id(), "staff:olive");

        assertThat(other).hasContent(HEADER + row(1));
        assertThat(folder.resolve("2-calls.csv")).hasContent("no header\n");
    }

    @Test
    void aHeldFileCanBeDiscardedAndIsNotHeldForEver() throws IOException {
        take(drop("one.csv", "no header\n"));
        take(drop("two.csv", "no header either\n"));
        long first = held.held().getFirst().id();

        assertThat(held.discard(first, "staff:olive", "sent by mistake")).isTrue();
        assertThat(held.discard(first, "staff:olive", "again")).isFalse();
        assertThat(vault()).hasSize(1);

        upkeep(Duration.ofDays(179), false).deleteWhatIsDue();
        assertThat(held.held()).hasSize(1);
        upkeep(Duration.ofDays(181), false).deleteWhatIsDue();
        assertThat(held.held()).isEmpty();
        assertThat(vault()).isEmpty();
    }

    @Test
    void aProfileThatIsMissingOrWrongHoldsTheFile() throws IOException {
        Files.delete(profiles.resolve("contact-centre.yaml"));

        assertThat(take(drop("calls.csv", HEADER + row(1)))).isEqualTo(Outcome.HELD);

        assertThat(held.held().getFirst().reason()).startsWith("There is no profile");
    }
}
