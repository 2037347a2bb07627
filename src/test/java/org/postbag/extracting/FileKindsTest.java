package org.postbag.extracting;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.extracting.FileText.NotRead;
import org.postbag.extracting.FileText.Read;
import org.postbag.extracting.FileText.Reason;
import org.postbag.extracting.ScannedPage.Face;

/** Each kind of file that is read, whole, protected, damaged, and made to harm whoever opens it. */
class FileKindsTest {

    private static final ReadingProcesses READING = new ReadingProcesses(1);
    private static final int CUTS = 4;

    @AfterAll
    static void end() {
        READING.close();
    }

    @ParameterizedTest
    @EnumSource(OfficeFiles.class)
    void aDocumentIsRead(OfficeFiles kind) throws IOException {
        assertThat(READING.text(kind.plain()))
                .isInstanceOfSatisfying(
                        Read.class, read -> assertThat(read.text()).contains(OfficeFiles.TEXT));
    }

    @ParameterizedTest
    @EnumSource(value = OfficeFiles.class, mode = EnumSource.Mode.EXCLUDE, names = "RTF")
    void aProtectedDocumentSaysSo(OfficeFiles kind) throws Exception {
        assertThat(READING.text(kind.encrypted())).isEqualTo(new NotRead(Reason.ENCRYPTED));
    }

    /** What there is of it may be read; else it is damaged. */
    @ParameterizedTest
    @EnumSource(OfficeFiles.class)
    void aTruncatedDocumentHarmsNobody(OfficeFiles kind) throws IOException {
        var whole = kind.plain();
        for (int cut = 1; cut < CUTS; cut++) {
            var part = Arrays.copyOf(whole, Math.max(8, whole.length * cut / CUTS));
            assertThat(READING.text(part))
                    .as("%d of %d bytes", part.length, whole.length)
                    .satisfies(text -> {
                        if (text instanceof NotRead(Reason reason)) {
                            assertThat(reason).isIn(Reason.BROKEN, Reason.OTHER_KIND);
                        }
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(OfficeFiles.class)
    void aDocumentWithWrongBytesHarmsNobody(OfficeFiles kind) throws IOException {
        for (long seed = 1; seed <= 2; seed++) {
            var bytes = kind.plain();
            var random = new Random(seed);
            for (int i = 0; i < bytes.length / 50 + 1; i++) {
                bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
            }
            assertThat(READING.text(bytes)).as("seed %d", seed).isNotNull();
        }
        assertThat(READING.text(kind.plain())).isInstanceOf(Read.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = OfficeFiles.class,
            names = {"DOCX", "XLSX", "PPTX", "ODT", "ODS", "ODP"})
    void aBombGoesOffNowhere(OfficeFiles kind) throws IOException {
        assertThat(READING.text(kind.bomb()))
                .isInstanceOfSatisfying(
                        NotRead.class, not -> assertThat(not.reason()).isIn(Reason.TOO_LARGE, Reason.TOO_MUCH));
    }

    @ParameterizedTest
    @EnumSource(
            value = OfficeFiles.class,
            names = {"DOCX", "XLSX", "PPTX", "ODT", "ODS", "ODP"})
    void aDeeplyNestedDocumentHarmsNobody(OfficeFiles kind) throws IOException {
        assertThat(READING.text(kind.deep())).satisfies(text -> {
            if (text instanceof NotRead(Reason reason)) {
                assertThat(reason).isIn(Reason.BROKEN, Reason.TOO_MUCH, Reason.TOO_LARGE);
            }
        });
        assertThat(READING.text(kind.plain())).isInstanceOf(Read.class);
    }

    @Test
    void deeplyNestedRtfHarmsNobody() {
        var rtf = "{\\rtf1 " + "{".repeat(500_000) + "deep" + "}".repeat(500_000) + "}";
        assertThat(READING.text(rtf.getBytes(US_ASCII))).isNotNull();
    }

    @Test
    void anEmptyFileIsDamagedWhateverItsName() {
        assertThat(READING.text(new byte[0])).isEqualTo(new NotRead(Reason.BROKEN));
    }

    @Test
    void anArchiveIsNotUnpacked() throws IOException {
        var archive = new ByteArrayOutputStream();
        try (var zip = new java.util.zip.ZipOutputStream(archive)) {
            zip.putNextEntry(new java.util.zip.ZipEntry("letter.docx"));
            zip.write(OfficeFiles.DOCX.plain());
        }
        assertThat(READING.text(archive.toByteArray())).isEqualTo(new NotRead(Reason.OTHER_KIND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tif"})
    void aPictureIsReadByOcrAndSurvivesBeingCut(String format) throws IOException {
        var page = ScannedPage.of(List.of("The imprint must name the promoter"), Face.SERIF, 200);
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(page, format, out)).isTrue();
        var whole = out.toByteArray();

        assertThat(READING.text(whole))
                .isInstanceOfSatisfying(
                        Read.class, read -> assertThat(read.text()).contains("imprint", "promoter"));
        assertThat(READING.text(Arrays.copyOf(whole, 40))).isInstanceOf(NotRead.class);
        assertThat(READING.text(Arrays.copyOf(whole, whole.length / 2))).isNotNull();
    }
}
