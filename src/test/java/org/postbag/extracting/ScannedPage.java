package org.postbag.extracting;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** A page of A4 as a scanner delivers it, with lines of text on it. */
public final class ScannedPage {

    private static final double WIDTH_INCHES = 8.27;
    private static final double HEIGHT_INCHES = 11.69;
    private static final double LINE_HEIGHT = 1.35;

    private ScannedPage() {}

    /** The typefaces that letters come in. */
    public enum Face {
        SANS("LiberationSans-Regular", 11, 72),
        SERIF("LiberationSerif-Regular", 11.5f, 76),
        TYPEWRITER("LiberationMono-Regular", 10, 58),
        ITALIC("LiberationSerif-Italic", 12, 76);

        private final Font font;
        private final float points;
        private final int columns;

        Face(String file, float points, int columns) {
            this.font = load(file);
            this.points = points;
            this.columns = columns;
        }

        /** How many characters fit a line. */
        public int columns() {
            return columns;
        }

        private static Font load(String file) {
            try (var in = ScannedPage.class.getResourceAsStream("/liberation/" + file + ".ttf")) {
                return Font.createFont(Font.TRUETYPE_FONT, Objects.requireNonNull(in, file));
            } catch (IOException | FontFormatException missing) {
                throw new UncheckedIOException(new IOException(missing));
            }
        }
    }

    /** @param dpi dots per inch */
    public static BufferedImage of(List<String> lines, Face face, int dpi) {
        var page = white((int) (WIDTH_INCHES * dpi), (int) (HEIGHT_INCHES * dpi));
        var canvas = page.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        canvas.setColor(new Color(20, 20, 20));
        canvas.setFont(face.font.deriveFont(face.points * dpi / 72f));
        double y = dpi;
        for (var line : lines) {
            canvas.drawString(line, dpi, (float) y);
            y += face.points * LINE_HEIGHT * dpi / 72;
        }
        canvas.dispose();
        return page;
    }

    static BufferedImage white(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        var canvas = image.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, width, height);
        canvas.dispose();
        return image;
    }
}
