package org.postbag.extracting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;

/** A PDF. Protected ones are read where no password is asked for. */
final class PdfScan implements Scan {

    private static final int POINTS_AN_INCH = 72;
    private static final int DPI_MIN = 20;

    /** A page may be as long and narrow as it likes. */
    private static final int SHOWN_DOTS_MAX = 8_000_000;

    private static final double SHOWN_DOTS_A_POINT_MAX = 4;

    private final PDDocument document;
    private final PDFRenderer renderer;

    private PdfScan(PDDocument document) {
        this.document = document;
        this.renderer = new PDFRenderer(document);
        renderer.setSubsamplingAllowed(true);
    }

    static Scan open(byte[] content) throws IOException {
        try {
            var document = Loader.loadPDF(content);
            if (document.getNumberOfPages() == 0) {
                document.close();
                throw new Unopened(FileText.Reason.BROKEN);
            }
            return new PdfScan(document);
        } catch (InvalidPasswordException locked) {
            throw new Unopened(FileText.Reason.ENCRYPTED);
        }
    }

    @Override
    public int pageCount() {
        return document.getNumberOfPages();
    }

    @Override
    public String text(int page) throws IOException {
        var stripper = new PDFTextStripper();
        stripper.setSortByPosition(true);
        stripper.setLineSeparator("\n");
        stripper.setStartPage(page + 1);
        stripper.setEndPage(page + 1);
        return stripper.getText(document).strip();
    }

    @Override
    public GrayPage picture(int page, int dpi) throws IOException {
        var box = document.getPage(page).getCropBox();
        double inches = (double) box.getWidth() / POINTS_AN_INCH * box.getHeight() / POINTS_AN_INCH;
        double fitting = Math.min(dpi, Math.sqrt(DOTS_MAX / Math.max(inches, 0.01)));
        if (fitting < DPI_MIN) {
            throw new Unopened(FileText.Reason.TOO_LARGE);
        }
        return GrayPage.of(renderer.renderImageWithDPI(page, (float) fitting, ImageType.GRAY));
    }

    @Override
    public ColourPage shown(int page, int width) throws IOException {
        var box = document.getPage(page).getCropBox();
        boolean onItsSide = document.getPage(page).getRotation() % 180 != 0;
        double across = Math.max(1, onItsSide ? box.getHeight() : box.getWidth());
        double points = Math.max(1, (double) box.getWidth() * box.getHeight());
        double scale = Math.min(Math.min(width / across, Math.sqrt(SHOWN_DOTS_MAX / points)), SHOWN_DOTS_A_POINT_MAX);
        return ColourPage.of(renderer.renderImage(page, (float) scale, ImageType.RGB));
    }

    @Override
    public byte[] pages(int from, int to) throws IOException {
        try (var part = new PDDocument()) {
            for (int page = from; page < to; page++) {
                part.importPage(document.getPage(page));
            }
            var out = new ByteArrayOutputStream();
            part.save(out);
            return out.toByteArray();
        }
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
