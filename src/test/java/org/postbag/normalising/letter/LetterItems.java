package org.postbag.normalising.letter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.postbag.extracting.LetterFiles;
import org.postbag.extracting.ReadingProcesses;
import org.postbag.extracting.ScannedPage;
import org.postbag.extracting.ScannedPage.Face;
import org.postbag.extracting.SeparatorSheet;
import org.postbag.extracting.Spoiling;

/**
 * Writes the scans under {@code items/letter} and {@code samples/letters} again: they are made, not collected. What stands beside each is what was on the
 * page as its text, and what the reader made of the rest, to be looked through.
 */
final class LetterItems {

    private static final Path ITEMS = Path.of("src/test/resources/items/letter");
    private static final Path SAMPLES = Path.of("samples/letters");

    private static final Map<String, String> texts = new LinkedHashMap<>();

    private LetterItems() {}

    static final List<String> POLL_CARD = lines("""
            Margaret Llewellyn
            14 Orchard Close
            Swansea
            SA1 3SN

            3 March 2026

            Dear Sir or Madam,

            I moved to Swansea in January, but my polling card was sent to my old
            address in Cardiff. I told the council in writing and have heard nothing.

            Would you please tell me whether I can still vote in May, and where? I do
            not own a computer and would therefore ask that you answer me by post.

            Yours faithfully,

            Margaret Llewellyn
            """);

    static final List<String> WITH_REFERENCE = lines("""
            Mr Owen Hughes
            27 Victoria Terrace
            Leeds LS2 8JS
            Telephone: 01632 960 123
            owen.hughes@example.org

            Office for Elections
            1 Civic Square
            Swansea
            SA1 1AA

            2nd March, 2026

            Your reference: REFERENCE

            Dear Sirs,

            Re: Imprint missing from a leaflet

            Thank you for your reply of the 9th. The second leaflet, which I enclose,
            carries no imprint either. It came through my door last Tuesday.

            With kind regards

            Owen Hughes
            """);

    static final List<String> WELSH = lines("""
            Rhys Pritchard
            3 Heol y Bryn
            Caerdydd
            CF10 1EP

            2 Mawrth 2026

            Annwyl Syr neu Fadam,

            Nid wyf wedi derbyn fy ngherdyn pleidleisio eto. Mae fy nghymdogion i gyd
            wedi cael eu cardiau nhw. A ydych yn gallu dweud beth sydd yn bod?

            Yn gywir,

            Rhys Pritchard
            """);

    static final List<String> SECOND_PAGE = lines("""
            Page 2

            I also wish to put on record how well the day was run at our polling
            station. The presiding officer was most helpful to my mother, who is over
            ninety and came in a wheelchair.
            """);

    static final List<String> DONATION = lines("""
            Priya Nightingale
            Treasurer, Exeter Residents' Association
            8 Mill Lane
            Exeter
            EX4 3RA

            28/02/2026

            To whom it may concern

            Our association spent £1,284.60 on leaflets before the by-election. Does
            this count as campaign spending, and has it to be declared by us or by the
            candidate? We should be grateful for guidance.

            Yours sincerely

            Priya Nightingale
            """);

    public static void main(String[] args) throws IOException {
        Files.createDirectories(ITEMS);
        Files.createDirectories(SAMPLES);
        sound();
        hostile();
        samples();
        try (var opening = new ReadingProcesses(1)) {
            for (var item : texts.entrySet()) {
                Files.writeString(
                        ITEMS.resolve(item.getKey() + ".expected.json"),
                        LetterItemsTest.expected(
                                LetterItemsTest.read(opening, ITEMS.resolve(item.getKey())), item.getValue()));
            }
        }
    }

    private static void sound() throws IOException {
        item("typed.pdf", LetterFiles.pdf(List.of(page(POLL_CARD, Face.TYPEWRITER, 200))), POLL_CARD);
        item(
                "two-pages.tif",
                LetterFiles.tiff(List.of(page(POLL_CARD, Face.SERIF, 200), page(SECOND_PAGE, Face.SERIF, 200))),
                both(POLL_CARD, SECOND_PAGE));
        spoiled("on-its-side.png", POLL_CARD, Face.SANS, Spoiling.TURNED_90);
        spoiled("on-its-other-side.png", DONATION, Face.SERIF, Spoiling.TURNED_270);
        spoiled("upside-down.png", DONATION, Face.SANS, Spoiling.TURNED_180);
        spoiled("skewed.png", DONATION, Face.SERIF, Spoiling.SKEW);
        spoiled("stamped.jpg", POLL_CARD, Face.SERIF, Spoiling.STAMP);
        spoiled("faint.jpg", POLL_CARD, Face.SANS, Spoiling.FAINT);
        spoiled("in-shadow.jpg", DONATION, Face.SANS, Spoiling.SHADOW);
        spoiled("fax.png", POLL_CARD, Face.SERIF, Spoiling.FAX);
        item("quotes-our-reference.png", LetterFiles.blackAndWhitePng(page(reference(), Face.SERIF, 250)), reference());
        item("welsh.tif", LetterFiles.tiff(List.of(page(WELSH, Face.SERIF, 250))), WELSH);
        item("never-on-paper.pdf", LetterFiles.textPdf(List.of(DONATION)), DONATION);
        item("italic.png", LetterFiles.blackAndWhitePng(page(POLL_CARD, Face.ITALIC, 300)), POLL_CARD);
        item("blank.tif", LetterFiles.tiff(List.of(page(List.of(), Face.SANS, 200))), List.of());
    }

    private static void hostile() throws IOException {
        var ruined = page(POLL_CARD, Face.SERIF, 100);
        var random = new Random(5);
        for (int i = 0; i < 2; i++) {
            ruined = Spoiling.BLUR.spoil(Spoiling.FAX.spoil(ruined, random), random);
        }
        item("hard-to-read.png", LetterFiles.png(Spoiling.NOISE.spoil(ruined, random)), List.of());
        var tiff = LetterFiles.tiff(List.of(page(POLL_CARD, Face.SERIF, 200)));
        item("truncated.tif", Arrays.copyOf(tiff, tiff.length / 2), List.of());
        item("encrypted.pdf", encrypted(), List.of());
        item("bomb.pdf", bomb(), List.of());
        item("huge-dimensions.png", hugeHeader(), List.of());
        item("not-a-scan.pdf", "This is only a text that calls itself a PDF.\n".getBytes(ISO_8859_1), List.of());
        item("five-hundred-pages.pdf", LetterFiles.textPdf(pages(500)), List.of());
        item("empty.pdf", new byte[0], List.of());
        item("one-dot.png", LetterFiles.png(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY)), List.of());
        item("half-a-pdf.pdf", Arrays.copyOf(LetterFiles.textPdf(List.of(DONATION)), 300), List.of());
    }

    private static void samples() throws IOException {
        var sheet = LetterFiles.printed(SeparatorSheet.pdf("POSTBAG-SEPARATOR"), 200);
        var random = new Random(11);
        Files.write(
                SAMPLES.resolve("batch-2026-03-03.pdf"),
                LetterFiles.pdf(List.of(
                        page(POLL_CARD, Face.SERIF, 200),
                        sheet,
                        page(DONATION, Face.TYPEWRITER, 200),
                        page(SECOND_PAGE, Face.TYPEWRITER, 200),
                        Spoiling.TURNED_180.spoil(sheet, random),
                        page(WELSH, Face.SANS, 200))));
        Files.write(
                SAMPLES.resolve("scan-0001.tif"),
                LetterFiles.tiff(List.of(Spoiling.TURNED_90.spoil(page(reference(), Face.SERIF, 200), random))));
        var faint = Spoiling.FAINT.spoil(page(DONATION, Face.SANS, 200), random);
        Files.write(SAMPLES.resolve("scan-0002.jpg"), LetterFiles.jpeg(faint));
    }

    /** A reference with a right check character; it is nobody's. */
    static List<String> reference() {
        var reference =
                new org.postbag.receiving.ReceiptId("5a".repeat(32)).reference().value();
        return WITH_REFERENCE.stream()
                .map(line -> line.replace("REFERENCE", reference))
                .toList();
    }

    private static void spoiled(String name, List<String> lines, Face face, Spoiling spoiling) throws IOException {
        var page = spoiling.spoil(page(lines, face, 200), new Random(9));
        item(name, name.endsWith(".jpg") ? LetterFiles.jpeg(page) : LetterFiles.blackAndWhitePng(page), lines);
    }

    private static void item(String name, byte[] content, List<String> text) throws IOException {
        Files.write(ITEMS.resolve(name), content);
        texts.put(name, String.join("\n", text));
    }

    private static byte[] encrypted() throws IOException {
        try (var document = Loader.loadPDF(LetterFiles.textPdf(List.of(DONATION)))) {
            document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            return saved(document);
        }
    }

    /** A picture that is packed into a few hundred kilobytes, and is more unpacked than a process may hold. */
    private static byte[] bomb() throws IOException {
        try (var document = new PDDocument()) {
            var page = new PDPage();
            document.addPage(page);
            var packed = new PDStream(document);
            try (var out = packed.createOutputStream(COSName.FLATE_DECODE)) {
                var zeros = new byte[1 << 20];
                for (int i = 0; i < 650; i++) {
                    out.write(zeros);
                }
            }
            var picture = new PDImageXObject(packed, null);
            picture.setWidth(26_000);
            picture.setHeight(26_000);
            picture.setBitsPerComponent(8);
            picture.setColorSpace(org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray.INSTANCE);
            try (var content = new PDPageContentStream(document, page)) {
                content.drawImage(picture, 0, 0, 600, 800);
            }
            return saved(document);
        }
    }

    private static byte[] hugeHeader() throws IOException {
        var png = LetterFiles.png(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY));
        var header = java.nio.ByteBuffer.wrap(png);
        header.putInt(16, 2_000_000_000).putInt(20, 2_000_000_000);
        var crc = new java.util.zip.CRC32();
        crc.update(png, 12, 17);
        header.putInt(29, (int) crc.getValue());
        return png;
    }

    private static List<List<String>> pages(int count) {
        var pages = new ArrayList<List<String>>();
        for (int page = 1; page <= count; page++) {
            pages.add(List.of("This is page " + page + " of a very long letter about the boundary review."));
        }
        return pages;
    }

    private static byte[] saved(PDDocument document) throws IOException {
        var out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    private static BufferedImage page(List<String> lines, Face face, int dpi) {
        return ScannedPage.of(lines, face, dpi);
    }

    private static List<String> both(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        Collections.addAll(all, "", "");
        all.addAll(second);
        return all;
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }
}
