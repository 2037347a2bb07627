package org.postbag.extracting;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.WriterException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.QRCodeWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** The sheet that lies between two letters of a batch: a large QR code (ISO/IEC 18004), which is found whichever way the sheet lies. */
public final class SeparatorSheet {

    /** In dots, of the page's shorter side. */
    private static final int LOOKED_WIDTH = 400;

    private static final float CODE_POINTS = 260;

    /** Of a page's dots beside the code: the sheet's own words are fewer, those of a letter more. */
    private static final double INK_BESIDE_MAX = 0.02;

    /** Of the page's shorter side: a code in a letter is smaller. */
    private static final double CODE_WIDTH_MIN = 0.2;

    private SeparatorSheet() {}

    /** What a page is in a batch. */
    enum Found {
        /** A page of a letter. */
        NO,
        /** The sheet, and nothing else. */
        SHEET,
        /** A new letter begins, and this page may be one of it: it has more on it than a sheet. */
        AND_MORE
    }

    /** @param mark what the code says */
    static Found on(GrayPage page, String mark) {
        // Small enough to look through quickly, and with the specks gone; the code's squares stay many dots wide.
        int step = Math.max(1, Math.min(page.width(), page.height()) / LOOKED_WIDTH);
        return look(page.smaller(step), mark).or(() -> look(page, mark)).orElse(Found.NO);
    }

    private static Optional<Found> look(GrayPage page, String mark) {
        return code(page).filter(code -> mark.equals(code.getText())).map(code -> found(page, code));
    }

    private static Optional<Result> code(GrayPage page) {
        var source = new PlanarYUVLuminanceSource(
                page.levels(), page.width(), page.height(), 0, 0, page.width(), page.height(), false);
        return decoded(new HybridBinarizer(source)).or(() -> decoded(new GlobalHistogramBinarizer(source)));
    }

    private static Optional<Result> decoded(Binarizer dots) {
        try {
            return Optional.of(
                    new QRCodeReader().decode(new BinaryBitmap(dots), Map.of(DecodeHintType.TRY_HARDER, Boolean.TRUE)));
        } catch (ReaderException | RuntimeException none) {
            // ZXing throws the latter too for what only looks like a code.
            return Optional.empty();
        }
    }

    private static Found found(GrayPage page, Result code) {
        int left = page.width();
        int right = 0;
        int top = page.height();
        int bottom = 0;
        for (var point : code.getResultPoints()) {
            left = Math.min(left, (int) point.getX());
            right = Math.max(right, (int) point.getX());
            top = Math.min(top, (int) point.getY());
            bottom = Math.max(bottom, (int) point.getY());
        }
        int side = Math.max(right - left, bottom - top);
        if (side < CODE_WIDTH_MIN * Math.min(page.width(), page.height())) {
            return Found.NO;
        }
        // The points are the middles of the code's corners.
        int margin = side / 3;
        double all = page.ink(0, 0, page.width(), page.height()) * page.width() * page.height();
        double ofCode = page.ink(left - margin, top - margin, right + margin, bottom + margin)
                * (right - left + 2 * margin)
                * (bottom - top + 2 * margin);
        return (all - ofCode) / ((double) page.width() * page.height()) <= INK_BESIDE_MAX
                ? Found.SHEET
                : Found.AND_MORE;
    }

    /** The sheet as a PDF of one page of A4, to print as often as needed. */
    public static byte[] pdf(String mark) {
        try (var document = new PDDocument()) {
            var page = new PDPage(PDRectangle.A4);
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                draw(content, page.getMediaBox(), mark);
                line(content, FontName.HELVETICA_BOLD, 26, 690, "Separator sheet");
                line(
                        content,
                        FontName.HELVETICA,
                        13,
                        205,
                        "Lay this sheet between two letters before they are scanned together.");
                line(content, FontName.HELVETICA, 13, 185, "It belongs to neither of them, and is left out.");
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException | WriterException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void draw(PDPageContentStream content, PDRectangle page, String mark)
            throws IOException, WriterException {
        var code = new QRCodeWriter().encode(mark, BarcodeFormat.QR_CODE, 0, 0);
        float side = CODE_POINTS / code.getWidth();
        float left = (page.getWidth() - CODE_POINTS) / 2;
        float top = (page.getHeight() + CODE_POINTS) / 2;
        for (int y = 0; y < code.getHeight(); y++) {
            for (int x = 0; x < code.getWidth(); x++) {
                if (code.get(x, y)) {
                    content.addRect(left + x * side, top - (y + 1) * side, side, side);
                }
            }
        }
        content.fill();
    }

    private static void line(PDPageContentStream content, FontName font, float size, float y, String text)
            throws IOException {
        content.beginText();
        content.setFont(new PDType1Font(font), size);
        content.newLineAtOffset(90, y);
        content.showText(text);
        content.endText();
    }
}
