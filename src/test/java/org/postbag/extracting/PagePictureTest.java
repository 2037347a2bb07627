package org.postbag.extracting;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.extracting.FileText.Reason;
import org.postbag.extracting.PagePicture.NotShown;
import org.postbag.extracting.PagePicture.Shown;

/** Files from outside as pictures that are safe to show: ordinary ones, and those that are made to harm whoever opens them. */
class PagePictureTest {

    private static final ReadingProcesses READING = new ReadingProcesses(1);
    private static final Path ITEMS = Path.of("src/test/resources/items/letter");
    private static final int WIDTH = 500;

    @AfterAll
    static void end() {
        READING.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tif"})
    void aPictureIsDrawnAnewInItsColoursAndNoWiderThanAsked(String format) {
        var file = picture(format, 1_200, 600, BufferedImage.TYPE_INT_RGB);

        var shown = shown(READING.picture(file, 0, WIDTH));

        assertThat(shown.getWidth()).isEqualTo(WIDTH);
        assertThat(shown.getHeight()).isEqualTo(WIDTH / 2);
        assertThat(new Color(shown.getRGB(10, 10)).getRed()).isCloseTo(200, within(20));
        assertThat(new Color(shown.getRGB(10, 10)).getBlue()).isLessThan(60);
        assertThat(new Color(shown.getRGB(WIDTH - 10, 10))).isEqualTo(Color.WHITE);
    }

    @Test
    void aPhotographIsPackedAsOneSinceAPageHoldsIt() {
        var image = new BufferedImage(1_600, 1_200, BufferedImage.TYPE_INT_RGB);
        var random = new Random(1);
        for (int at = 0; at < 1_600 * 1_200; at++) {
            image.setRGB(at % 1_600, at / 1_600, random.nextInt(0x1000000));
        }

        assertThat(READING.picture(written("jpg", image), 0, 1_600)).isInstanceOfSatisfying(Shown.class, shown -> {
            assertThat(shown.type()).isEqualTo("image/jpeg");
            assertThat(shown.picture()).startsWith(0xff, 0xd8).hasSizeLessThan(2_000_000);
        });
    }

    @Test
    void whatIsSeeThroughLiesOnWhite() {
        var file = written("png", new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB));

        assertThat(new Color(shown(READING.picture(file, 0, WIDTH)).getRGB(5, 5)))
                .isEqualTo(Color.WHITE);
    }

    /** The picture's left half is red. Where it is once turned, by Exif 2.32, tag 0x0112. */
    @ParameterizedTest
    @CsvSource({
        "1, left",
        "2, right",
        "3, right",
        "4, left",
        "5, top",
        "6, top",
        "7, bottom",
        "8, bottom",
        "0, left",
        "9, left"
    })
    void aPhotographStandsAsTheCameraWasHeld(int orientation, String red) {
        var upright = picture("jpg", 400, 200, BufferedImage.TYPE_INT_RGB);

        var shown = shown(READING.picture(withExif(upright, orientation), 0, WIDTH));

        boolean turned = orientation >= 5 && orientation <= 8;
        assertThat(shown.getWidth()).isEqualTo(turned ? 200 : 400);
        int x = red.equals("left") ? 5 : red.equals("right") ? shown.getWidth() - 6 : shown.getWidth() / 2;
        int y = red.equals("top") ? 5 : red.equals("bottom") ? shown.getHeight() - 6 : shown.getHeight() / 2;
        assertThat(new Color(shown.getRGB(x, y)).getBlue()).isLessThan(60);
        var opposite = new Color(shown.getRGB(shown.getWidth() - 1 - x, shown.getHeight() - 1 - y));
        assertThat(opposite.getBlue()).isGreaterThan(200);
    }

    @Test
    void damageInWhatTheCameraSaidIsNoMatter() {
        var file = withExif(picture("jpg", 40, 20, BufferedImage.TYPE_INT_RGB), 6);
        for (int at = 2; at < 34; at++) {
            var spoiled = file.clone();
            spoiled[at] = (byte) 0xff;
            assertThat(Orientation.of(spoiled)).isNotNull();
            assertThat(Orientation.of(Arrays.copyOf(file, at))).isEqualTo(Orientation.UPRIGHT);
        }
    }

    @Test
    void eachPageOfAPdfIsShownAndNoneBeyond() {
        var pdf = LetterFiles.textPdf(List.of(List.of("One"), List.of("Two"), List.of("Three")));

        assertThat(READING.picture(pdf, 1, WIDTH))
                .isInstanceOfSatisfying(
                        Shown.class, shown -> assertThat(shown.pageCount()).isEqualTo(3));
        assertThat(shown(READING.picture(pdf, 2, WIDTH)).getWidth()).isCloseTo(WIDTH, within(1));
        assertThat(READING.picture(pdf, 3, WIDTH)).isEqualTo(new NotShown(Reason.NO_PAGE));
        assertThat(READING.picture(pdf, -1, WIDTH)).isEqualTo(new NotShown(Reason.NO_PAGE));
    }

    @Test
    void aPageMayBeVeryLongOrVerySmall() throws IOException {
        try (var document = new PDDocument()) {
            document.addPage(new PDPage(new PDRectangle(10, 14_400)));
            document.addPage(new PDPage(new PDRectangle(14_400, 10)));
            document.addPage(new PDPage(new PDRectangle(1, 1)));
            var out = new ByteArrayOutputStream();
            document.save(out);
            for (int page = 0; page < 3; page++) {
                assertThat(shown(READING.picture(out.toByteArray(), page, WIDTH))
                                .getWidth())
                        .isBetween(1, WIDTH);
            }
        }
        assertThat(shown(READING.picture(picture("png", 20_000, 1, BufferedImage.TYPE_INT_RGB), 0, WIDTH))
                        .getHeight())
                .isEqualTo(1);
    }

    @Test
    void anEncryptedPdfSaysSo() throws IOException {
        assertThat(READING.picture(Files.readAllBytes(ITEMS.resolve("encrypted.pdf")), 0, WIDTH))
                .isEqualTo(new NotShown(Reason.ENCRYPTED));
    }

    @Test
    void ofATruncatedPdfIsShownWhatThereIsOrThatItIsDamaged() {
        var whole = LetterFiles.textPdf(List.of(List.of("One"), List.of("Two")));
        for (int part = 1; part < 8; part++) {
            var cut = Arrays.copyOf(whole, whole.length * part / 8);
            var picture = READING.picture(cut, 0, WIDTH);
            if (picture instanceof NotShown(Reason why)) {
                assertThat(why).isEqualTo(Reason.BROKEN);
            }
        }
        assertThat(READING.picture(Arrays.copyOf(whole, 40), 0, WIDTH)).isEqualTo(new NotShown(Reason.BROKEN));
        assertThat(READING.picture(whole, 0, WIDTH)).isInstanceOf(Shown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(2)</script></svg>",
                "<html><script>alert(document.cookie)</script></html>",
                "RIFF....WEBPVP8 ",
                ""
            })
    void whatIsNoPictureByItsBytesIsNone(String content) {
        assertThat(READING.picture(content.getBytes(UTF_8), 0, WIDTH)).isEqualTo(new NotShown(Reason.OTHER_KIND));
    }

    /** One that is a GIF and a script at once shows what the GIF shows: our picture has nothing of the rest. */
    @Test
    void nothingThatHidesInAPictureComesThrough() throws IOException {
        var gif = new ByteArrayOutputStream();
        gif.write(picture("gif", 60, 30, BufferedImage.TYPE_INT_RGB));
        gif.write("<script>alert('hidden')</script>".getBytes(UTF_8));

        var shown = READING.picture(gif.toByteArray(), 0, WIDTH);

        assertThat(shown).isInstanceOf(Shown.class);
        assertThat(new String(((Shown) shown).picture(), ISO_8859_1)).doesNotContain("script");
    }

    @Test
    void aPictureOfAHundredMillionDotsIsThinnedOut() {
        var file = written("png", new BufferedImage(10_000, 10_000, BufferedImage.TYPE_BYTE_BINARY));

        assertThat(shown(READING.picture(file, 0, WIDTH)).getWidth()).isEqualTo(WIDTH);
    }

    @Test
    void aBombGoesOffNowhere() throws IOException {
        assertThat(READING.picture(png(60_000, 60_000), 0, WIDTH)).isEqualTo(new NotShown(Reason.TOO_LARGE));
        assertThat(READING.picture(Files.readAllBytes(ITEMS.resolve("bomb.pdf")), 0, WIDTH))
                .isInstanceOf(NotShown.class);

        assertThat(READING.picture(picture("png", 60, 30, BufferedImage.TYPE_INT_RGB), 0, WIDTH))
                .isInstanceOf(Shown.class);
    }

    private static BufferedImage shown(PagePicture picture) {
        assertThat(picture).isInstanceOf(Shown.class);
        try {
            return ImageIO.read(new ByteArrayInputStream(((Shown) picture).picture()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Its left half is red, its right half white. */
    private static byte[] picture(String format, int width, int height, int type) {
        var image = new BufferedImage(width, height, type);
        var canvas = image.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, width, height);
        canvas.setColor(new Color(200, 30, 30));
        canvas.fillRect(0, 0, width / 2, height);
        canvas.dispose();
        return written(format, image);
    }

    private static byte[] written(String format, BufferedImage image) {
        var out = new ByteArrayOutputStream();
        try {
            assertThat(ImageIO.write(image, format, out)).isTrue();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] withExif(byte[] jpeg, int orientation) {
        var block = ByteBuffer.allocate(4 + 6 + 8 + 2 + 12 + 4);
        block.putShort((short) 0xffe1).putShort((short) (block.capacity() - 2));
        block.put("Exif\0\0".getBytes(ISO_8859_1));
        block.put("MM\0*".getBytes(ISO_8859_1)).putInt(8).putShort((short) 1);
        block.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        block.putInt(0);
        var all = ByteBuffer.allocate(jpeg.length + block.capacity());
        return all.put(jpeg, 0, 2)
                .put(block.array())
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** A PNG that says how large it is, and holds a few rows of nothing (PNG, third edition, 5.3). */
    private static byte[] png(int width, int height) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        var header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) 8)
                .put((byte) 0);
        chunk(out, "IHDR", header.array());
        var packed = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(packed)) {
            deflater.write(new byte[(width + 1) * 100]);
        }
        chunk(out, "IDAT", packed.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) throws IOException {
        var named = new ByteArrayOutputStream();
        named.write(type.getBytes(ISO_8859_1));
        named.write(data);
        var crc = new CRC32();
        crc.update(named.toByteArray());
        out.write(ByteBuffer.allocate(4).putInt(data.length).array());
        out.write(named.toByteArray());
        out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
