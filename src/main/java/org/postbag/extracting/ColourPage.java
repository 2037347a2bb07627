package org.postbag.extracting;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A page's picture as people look at it: in colour, on white, upright. */
record ColourPage(BufferedImage image) {

    private static final int PNG_BYTES_MAX = 600_000;

    /** What is see-through lies on white. */
    static ColourPage of(BufferedImage image) {
        return image.getType() == BufferedImage.TYPE_INT_RGB
                ? new ColourPage(image)
                : drawn(image, image.getWidth(), image.getHeight());
    }

    /** Made smaller by halves as long as it can be, so that thin lines don't get lost. */
    ColourPage noWiderThan(int width) {
        var page = this;
        while (page.image.getWidth() >= 2 * width) {
            page = drawn(page.image, half(page.image.getWidth()), half(page.image.getHeight()));
        }
        if (page.image.getWidth() <= width) {
            return page;
        }
        long height = Math.round((double) page.image.getHeight() * width / page.image.getWidth());
        return drawn(page.image, width, (int) Math.max(1, height));
    }

    ColourPage upright(Orientation orientation) {
        if (orientation == Orientation.UPRIGHT) {
            return this;
        }
        int width = image.getWidth();
        int height = image.getHeight();
        var turned = orientation.onItsSide() ? blank(height, width) : blank(width, height);
        var canvas = turned.createGraphics();
        canvas.drawImage(image, new AffineTransform(orientation.turning(width, height)), null);
        canvas.dispose();
        return new ColourPage(turned);
    }

    /** As PNG, in which writing stays sharp; as JPEG where that would be large, as a photograph is. */
    byte[] packed() throws IOException {
        var png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        if (png.size() <= PNG_BYTES_MAX) {
            return png.toByteArray();
        }
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        return jpeg.toByteArray();
    }

    private static int half(int side) {
        return Math.max(1, side / 2);
    }

    private static ColourPage drawn(BufferedImage image, int width, int height) {
        var page = blank(width, height);
        var canvas = page.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, width, height);
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.drawImage(image, 0, 0, width, height, null);
        canvas.dispose();
        return new ColourPage(page);
    }

    private static BufferedImage blank(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    }
}
