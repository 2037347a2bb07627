package org.postbag.extracting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.extracting.ScannedPage.Face;

/** One page of each kind; {@code LetterBench} measures many. */
class TesseractOcrTest {

    private static TesseractOcr ocr;

    @BeforeAll
    static void start() {
        ocr = new TesseractOcr();
    }

    @AfterAll
    static void stop() {
        ocr.close();
    }

    @ParameterizedTest
    @EnumSource(Spoiling.class)
    void aSpoiledPageIsRead(Spoiling spoiling) {
        var random = new Random(7);
        var letter = MadeUpLetter.of(random, Face.SERIF.columns());
        var page = spoiling.spoil(ScannedPage.of(letter.lines(), Face.SERIF, 250), random);

        var read = ocr.read(GrayPage.of(page));

        assertThat(WordAccuracy.of(letter.text(), read.text()))
                .as(read.text())
                .isGreaterThan(spoiling == Spoiling.CLEAN ? 0.98 : spoiling == Spoiling.ALL ? 0.75 : 0.9);
        assertThat(read.confidence()).isGreaterThan(60);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void aCleanPageIsReadInEachTypeface(Face face) {
        var letter = MadeUpLetter.of(new Random(3), face.columns());

        var read = ocr.read(GrayPage.of(ScannedPage.of(letter.lines(), face, 300)));

        assertThat(WordAccuracy.of(letter.text(), read.text())).as(read.text()).isGreaterThan(0.98);
    }

    @Test
    void anEmptyPageHasNoTextAndIsBlank() {
        var page = GrayPage.of(ScannedPage.white(1654, 2339));

        assertThat(page.isBlank()).isTrue();
        assertThat(ocr.read(page).text()).isEmpty();
        assertThat(ocr.read(page).confidence()).isZero();
    }

    @Test
    void aPageOfOneDotIsRead() {
        assertThat(ocr.read(GrayPage.of(ScannedPage.white(1, 1))).text()).isEmpty();
    }
}
