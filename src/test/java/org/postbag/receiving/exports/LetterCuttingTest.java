package org.postbag.receiving.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.extracting.FileText;
import org.postbag.extracting.LetterFiles;
import org.postbag.extracting.ReadingProcesses;
import org.postbag.extracting.ScannedPage;
import org.postbag.extracting.ScannedPage.Face;
import org.postbag.extracting.SeparatorSheet;
import org.postbag.extracting.Spoiling;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.exports.ExportTaker.Outcome;

/** Scanned batches in a folder, opened by real processes. */
class LetterCuttingTest extends ExportsOnDisk {

    private static final String MARK = "POSTBAG-SEPARATOR";
    private static final ReadingProcesses READING = new ReadingProcesses(1);
    private static final BufferedImage SHEET = LetterFiles.printed(SeparatorSheet.pdf(MARK), 150);

    @AfterAll
    static void end() {
        READING.close();
    }

    @Test
    void aBatchIsCutIntoLettersAtItsSheets() throws IOException {
        var file = drop(
                "batch.pdf",
                LetterFiles.pdf(List.of(page("one"), SHEET, page("two"), page("two again"), SHEET, page("three"))));

        assertThat(take(file)).isEqualTo(Outcome.TAKEN);

        assertThat(file).doesNotExist();
        assertThat(receiver.all()).hasSize(3);
        assertThat(receiver.all().stream().map(kept -> pages(kept.content()))).containsExactly(1, 2, 1);
        assertThat(receiver.all().get(1).receipt())
                .extracting("sourceRow", "route")
                .containsExactly(2, "scans");
    }

    @ParameterizedTest
    @EnumSource(names = {"CLEAN", "SKEW", "TURNED_90", "TURNED_180", "FAINT", "NOISE", "FAX", "SHADOW"})
    void aSheetIsFoundHoweverItWasScanned(Spoiling spoiling) throws IOException {
        var sheet = spoiling.spoil(SHEET, new Random(3));

        take(drop("batch.tif", LetterFiles.grayTiff(List.of(page("one"), sheet, page("two")))));

        assertThat(receiver.all()).hasSize(2);
    }

    @Test
    void aSheetsBlankBackGoesWithItAndOtherBlankPagesStay() throws IOException {
        take(drop(
                "batch.tif",
                LetterFiles.tiff(List.of(page("one"), page(""), SHEET, page(""), page("two"), SHEET, page("")))));

        assertThat(receiver.all().stream().map(kept -> pages(kept.content()))).containsExactly(2, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"letter.pdf", "letter.tif", "letter.png"})
    void aFileWithoutASheetIsOneLetterAsItIs(String name) throws IOException {
        var content = name.endsWith("pdf")
                ? LetterFiles.pdf(List.of(page("one"), page("more")))
                : name.endsWith("tif")
                        ? LetterFiles.tiff(List.of(page("one"), page("more")))
                        : LetterFiles.png(page("one"));

        take(drop(name, content));

        assertThat(receiver.all())
                .singleElement()
                .satisfies(kept -> assertThat(kept.content()).isEqualTo(content));
    }

    @Test
    void aBatchThatComesAgainOrBreaksOffIsTakenOnce() throws IOException {
        var batch = LetterFiles.pdf(List.of(page("one"), SHEET, page("two")));
        receiver.goAwayAfter(0, true);
        var file = drop("batch.pdf", batch);
        assertThatThrownBy(() -> take(file)).isInstanceOf(ReceivingUnavailable.class);
        receiver.comeBack();

        take(file);
        take(drop("the same under another name.pdf", batch));

        assertThat(receiver.all()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"encrypted.pdf", "not-a-scan.pdf", "half-a-pdf.pdf", "empty.pdf"})
    void whatCannotBeCutIsHeldWhole(String item) throws IOException {
        var file = folder.resolve(item);
        Files.copy(Path.of("src/test/resources/items/letter").resolve(item), file);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(10)));
        assertThat(take(file)).isEqualTo(Outcome.LEFT);

        settle(file);

        assertThat(take(file)).isEqualTo(Outcome.HELD);
        assertThat(file).doesNotExist();
        assertThat(held.held())
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).startsWith("This is no scan that can be cut into letters"));
    }

    @Test
    void aHalfWrittenScanIsLeftAloneUntilItIsWhole() throws IOException {
        var whole = LetterFiles.pdf(List.of(page("one")));
        var file = folder.resolve("letter.pdf");
        Files.write(file, Arrays.copyOf(whole, whole.length - 200));
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(10)));
        assertThat(take(file)).isEqualTo(Outcome.LEFT);

        Files.write(file, whole);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(10)));

        assertThat(take(file)).isEqualTo(Outcome.TAKEN);
    }

    private static BufferedImage page(String text) {
        return ScannedPage.of(text.isEmpty() ? List.of() : List.of("Dear Sir,", text), Face.SERIF, 150);
    }

    private static int pages(byte[] content) {
        return READING.text(content) instanceof FileText.Read read ? read.pageCount() : 0;
    }

    private Path drop(String name, byte[] content) throws IOException {
        var file = folder.resolve(name);
        Files.write(file, content);
        settle(file);
        return file;
    }

    @Override
    Outcome take(Path file) throws IOException {
        return new ExportTaker(receiver, new LetterCutting(READING, MARK), records, vault, settings(false), clock)
                .take(file, "scans", "letters");
    }
}
