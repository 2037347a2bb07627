package org.postbag.receiving.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.exports.ExportTaker.Outcome;

class ExportTakerTest extends ExportsOnDisk {

    @Test
    void everyRowIsDurableBeforeTheFileIsGone() throws IOException {
        var file = drop("calls.csv", HEADER + rows(1, 1200));

        assertThat(take(file)).isEqualTo(Outcome.TAKEN);

        assertThat(file).doesNotExist();
        assertThat(receiver.all()).hasSize(1200);
        assertThat(receiver.all().get(700).receipt())
                .extracting("sourceRow", "profile", "route")
                .containsExactly(701, "contact-centre", "a-route");
        assertThat(vault()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,false", "0,true", "1,false", "2,true", "3,false"})
    void whatWasDurableBeforeACrashIsNotCountedTwice(int batches, boolean lastIsDurable) throws IOException {
        var file = drop("calls.csv", HEADER + rows(1, 2100));
        receiver.goAwayAfter(batches, lastIsDurable);

        assertThatThrownBy(() -> take(file)).isInstanceOf(ReceivingUnavailable.class);
        assertThat(file).exists();
        assertThat(receiver.all()).hasSize((batches + (lastIsDurable ? 1 : 0)) * 500);

        receiver.comeBack();
        assertThat(take(file)).isEqualTo(Outcome.TAKEN);
        file();
        reports.writeDue();

        assertThat(receiver.all()).hasSize(2100);
        assertThat(report("calls.csv.report.txt"))
                .contains("Rows:          2100\nFiled:         2100\nKnown already: 0\n");
    }

    @Test
    void otherContentUnderAKnownCallIdIsACorrectionOfTheSameSeries() throws IOException {
        take(drop("calls.csv", HEADER + row(1)));
        take(drop(
                "corrected.csv",
                HEADER + row(1).replace("Hello", "Hello, or rather").replace(", or", " or")));

        assertThat(receiver.all()).hasSize(2);
        assertThat(receiver.all().get(0).receipt().series())
                .isNotNull()
                .isEqualTo(receiver.all().get(1).receipt().series());
    }

    @Test
    void aHalfWrittenFileIsLeftAloneUntilItIsWholeOrStill() throws IOException {
        var file = folder.resolve("calls.csv");
        Files.writeString(file, HEADER + rows(1, 3) + "C-4,03/03/20");
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(10)));

        assertThat(take(file)).isEqualTo(Outcome.LEFT);
        assertThat(receiver.all()).isEmpty();

        Files.writeString(file, HEADER + rows(1, 4));
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(10)));
        assertThat(take(file)).isEqualTo(Outcome.TAKEN);

        var still = drop("still.csv", HEADER + rows(5, 2) + "C-9,03/03/20");
        assertThat(take(still)).isEqualTo(Outcome.TAKEN);
        assertThat(receiver.all()).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"half-a-spreadsheet.xlsx", "empty.csv"})
    void whatCannotBeReadYetIsHeldOnlyOnceItIsStill(String item) throws IOException {
        var file = folder.resolve(item);
        Files.copy(Path.of("src/test/resources/items/telephone").resolve(item), file);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(10)));

        assertThat(take(file)).isEqualTo(Outcome.LEFT);
        assertThat(file).exists();
        assertThat(held.held()).isEmpty();

        settle(file);
        assertThat(take(file)).isEqualTo(Outcome.HELD);
        assertThat(file).doesNotExist();
        assertThat(held.held()).hasSize(1);
    }

    @Test
    void aFileThatGrowsWhileItIsReadIsReadAgain() throws IOException {
        var file = drop("calls.csv", HEADER + rows(1, 600));
        receiver.afterBatch(() -> append(file, row(601)));

        assertThat(take(file)).isEqualTo(Outcome.LEFT);
        assertThat(file).exists();

        receiver.afterBatch(() -> {});
        settle(file);
        assertThat(take(file)).isEqualTo(Outcome.TAKEN);
        assertThat(receiver.all()).hasSizeGreaterThanOrEqualTo(601);
        file();
        reports.writeDue();
        assertThat(report("calls.csv.report.txt")).contains("In quarantine: 0");
    }

    @Test
    void aFinishedFileIsKeptEncryptedForAWhileIfASettingSaysSo() throws IOException {
        var file = drop("calls.csv", HEADER + row(1));
        taker(settings(true)).take(file, "a-route", "contact-centre");

        assertThat(file).doesNotExist();
        assertThat(vault())
                .singleElement()
                .satisfies(kept -> assertThat(Files.readString(kept, StandardCharsets.ISO_8859_1))
                        .doesNotContain("Example"));
        Files.setLastModifiedTime(vault().getFirst(), FileTime.from(NOW));
        upkeep(Duration.ofDays(29), true).deleteWhatIsDue();
        assertThat(vault()).hasSize(1);
        upkeep(Duration.ofDays(31), true).deleteWhatIsDue();
        assertThat(vault()).isEmpty();
    }
}
