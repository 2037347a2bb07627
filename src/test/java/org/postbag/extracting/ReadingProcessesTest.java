package org.postbag.extracting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postbag.extracting.FileText.NotRead;
import org.postbag.extracting.FileText.Read;
import org.postbag.extracting.FileText.Reason;
import org.postbag.extracting.ScannedPage.Face;

class ReadingProcessesTest {

    private static final Path ITEMS = Path.of("src/test/resources/items/letter");

    private final ReadingProcesses reading = new ReadingProcesses(2);

    @AfterEach
    void end() {
        reading.close();
    }

    @Test
    void aFileThatTakesTooMuchEndsItsProcessAndTheNextIsRead() throws IOException {
        assertThat(reading.text(Files.readAllBytes(ITEMS.resolve("bomb.pdf")))).isEqualTo(new NotRead(Reason.TOO_MUCH));

        assertThat(reading.text(Files.readAllBytes(ITEMS.resolve("never-on-paper.pdf"))))
                .isInstanceOf(Read.class);
    }

    @Test
    void manyMayAskAtOnce() throws IOException {
        var content = Files.readAllBytes(ITEMS.resolve("never-on-paper.pdf"));

        var answers = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> reading.text(content)))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Read.class));
    }

    @Test
    void whoLooksAtAPageDoesNotWaitForScansThatAreRead() throws IOException {
        var scan = LetterFiles.tiff(List.of(
                ScannedPage.of(List.of("The first page of a letter"), Face.SERIF, 200),
                ScannedPage.of(List.of("The second page of a letter"), Face.SERIF, 200)));
        var read = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> reading.text(scan)))
                .toList();

        assertThat(reading.picture(scan, 0, 400)).isInstanceOf(PagePicture.Shown.class);

        assertThat(read).anySatisfy(one -> assertThat(one.isDone()).isFalse());
        CompletableFuture.allOf(read.toArray(CompletableFuture[]::new)).join();
    }

    @Test
    void aFileOfOtherKindSaysSo() {
        assertThat(reading.text(new byte[] {1, 2, 3})).isEqualTo(new NotRead(Reason.OTHER_KIND));
    }

    @Test
    void aDamagedPageCostsNoOther() {
        var pages = List.of(
                ScannedPage.of(List.of("The first page of a letter"), Face.SERIF, 200),
                ScannedPage.of(List.of("The second page of a letter"), Face.SERIF, 200));
        var tiff = LetterFiles.tiff(pages);

        assertThat(reading.text(tiff))
                .isInstanceOfSatisfying(
                        Read.class, read -> assertThat(read.text()).contains("first page", "second page"));
    }
}
