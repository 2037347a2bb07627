package org.postbag.extracting;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.CCITTFactory;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.jspecify.annotations.Nullable;

/** Pages as the files that scanners write. */
public final class LetterFiles {

    private LetterFiles() {}

    /** Black and white, packed as a fax is. */
    public static byte[] tiff(List<BufferedImage> pages) {
        return write("tiff", pages, "CCITT T.6", true);
    }

    /** In shades of gray. */
    public static byte[] grayTiff(List<BufferedImage> pages) {
        return write("tiff", pages, "Deflate", false);
    }

    public static byte[] jpeg(BufferedImage page) {
        return write("jpeg", List.of(page), null, false);
    }

    public static byte[] png(BufferedImage page) {
        return write("png", List.of(page), null, false);
    }

    public static byte[] blackAndWhitePng(BufferedImage page) {
        return write("png", List.of(page), null, true);
    }

    public static byte[] pdf(List<BufferedImage> pages) {
        try (var document = new PDDocument()) {
            for (var picture : pages) {
                var page = new PDPage(
                        picture.getWidth() > picture.getHeight()
                                ? new PDRectangle(PDRectangle.A4.getHeight(), PDRectangle.A4.getWidth())
                                : PDRectangle.A4);
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    content.drawImage(
                            CCITTFactory.createFromImage(document, blackAndWhite(picture)),
                            0,
                            0,
                            page.getMediaBox().getWidth(),
                            page.getMediaBox().getHeight());
                }
            }
            return saved(document);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A letter that was never on paper: its text is text. */
    public static byte[] textPdf(List<List<String>> pages) {
        try (var document = new PDDocument()) {
            for (var lines : pages) {
                var page = new PDPage(PDRectangle.A4);
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(FontName.TIMES_ROMAN), 11);
                    content.setLeading(15);
                    content.newLineAtOffset(72, 760);
                    for (var line : lines) {
                        content.showText(line);
                        content.newLine();
                    }
                    content.endText();
                }
            }
            return saved(document);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A page of a PDF, printed and scanned again. */
    public static BufferedImage printed(byte[] pdf, int dpi) {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFRenderer(document).renderImageWithDPI(0, dpi, ImageType.GRAY);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] saved(PDDocument document) throws IOException {
        var out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    private static byte[] write(
            String format, List<BufferedImage> pages, @Nullable String compression, boolean blackAndWhite) {
        var writer = ImageIO.getImageWritersByFormatName(format).next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            var how = writer.getDefaultWriteParam();
            if (compression != null) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionType(compression);
            } else if (format.equals("jpeg")) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(0.35f);
            }
            if (pages.size() == 1) {
                writer.write(null, new IIOImage(shown(pages.getFirst(), blackAndWhite), null, null), how);
            } else {
                writer.prepareWriteSequence(null);
                for (var page : pages) {
                    writer.writeToSequence(new IIOImage(shown(page, blackAndWhite), null, null), how);
                }
                writer.endWriteSequence();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage shown(BufferedImage page, boolean blackAndWhite) {
        return blackAndWhite ? blackAndWhite(page) : page;
    }

    private static BufferedImage blackAndWhite(BufferedImage page) {
        var out = new BufferedImage(page.getWidth(), page.getHeight(), BufferedImage.TYPE_BYTE_BINARY);
        var canvas = out.createGraphics();
        canvas.drawImage(page, 0, 0, null);
        canvas.dispose();
        return out;
    }
}
