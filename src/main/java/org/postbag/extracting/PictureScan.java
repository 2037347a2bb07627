package org.postbag.extracting;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.ImageInputStream;

/** One or more pictures in a file: a TIFF has a page each. */
final class PictureScan implements Scan {

    /** A header may claim any size; this many dots are more than any scanner makes of one page. */
    private static final long CLAIMED_DOTS_MAX = 1_000_000_000;

    /** More than any camera makes; a member of staff waits for it. */
    private static final long SHOWN_CLAIMED_DOTS_MAX = 200_000_000;

    /** What is read of a picture to be shown: larger ones are thinned out while they are read. */
    private static final long SHOWN_DOTS_MAX = 12_000_000;

    private static final int PAGES_MAX = 10_000;

    private final ImageReader reader;
    private final ImageInputStream in;
    private final Orientation orientation;
    private final int pages;

    private PictureScan(ImageReader reader, ImageInputStream in, Orientation orientation) throws IOException {
        this.reader = reader;
        this.in = in;
        this.orientation = orientation;
        reader.setInput(in);
        this.pages = reader.getNumImages(true);
    }

    static Scan open(byte[] content, Kind kind) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(kind.type());
        if (!readers.hasNext()) {
            throw new Unopened(FileText.Reason.OTHER_KIND);
        }
        var in = ImageIO.createImageInputStream(new ByteArrayInputStream(content));
        try {
            var orientation = kind == Kind.JPEG ? Orientation.of(content) : Orientation.UPRIGHT;
            var scan = new PictureScan(readers.next(), in, orientation);
            if (scan.pages < 1 || scan.pages > PAGES_MAX) {
                throw new Unopened(scan.pages < 1 ? FileText.Reason.BROKEN : FileText.Reason.TOO_LARGE);
            }
            return scan;
        } catch (RuntimeException broken) {
            // ImageIO throws any of several for what is damaged.
            throw new Unopened(FileText.Reason.BROKEN);
        }
    }

    @Override
    public int pageCount() {
        return pages;
    }

    @Override
    public String text(int page) {
        return "";
    }

    @Override
    public GrayPage picture(int page, int dpi) throws IOException {
        return GrayPage.of(read(page, CLAIMED_DOTS_MAX, DOTS_MAX));
    }

    @Override
    public ColourPage shown(int page, int width) throws IOException {
        return ColourPage.of(read(page, SHOWN_CLAIMED_DOTS_MAX, SHOWN_DOTS_MAX))
                .upright(orientation)
                .noWiderThan(width);
    }

    private BufferedImage read(int page, long claimedMax, long dotsMax) throws IOException {
        try {
            long dots = (long) reader.getWidth(page) * reader.getHeight(page);
            if (dots > claimedMax) {
                throw new Unopened(FileText.Reason.TOO_LARGE);
            }
            int step = (int) Math.ceil(Math.sqrt((double) dots / dotsMax));
            var how = reader.getDefaultReadParam();
            how.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
            return reader.read(page, how);
        } catch (RuntimeException broken) {
            throw new IOException("A damaged picture", broken);
        }
    }

    /** As TIFF, without loss: black and white in a fax's way of packing, others as in a ZIP. */
    @Override
    public byte[] pages(int from, int to) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("tiff").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int page = from; page < to; page++) {
                var picture = reader.read(page);
                var how = writer.getDefaultWriteParam();
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionType(isBlackAndWhite(picture) ? "CCITT T.6" : "Deflate");
                writer.writeToSequence(new IIOImage(picture, null, null), how);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static boolean isBlackAndWhite(BufferedImage picture) {
        return picture.getColorModel().getPixelSize() == 1;
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        in.close();
    }
}
