package org.postbag.extracting;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/**
 * A page's picture in shades of gray.
 *
 * @param levels row after row from the top, 0 for black
 */
record GrayPage(byte[] levels, int width, int height) {

    /** How much darker than white a dot must be to count as ink: paper and the sensor's noise aren't. */
    private static final int INK_LEVEL_MAX = 160;

    /** Of a page's dots. A single word is more; where dust is too, the page is kept and read for nothing. */
    private static final double BLANK_INK_MAX = 0.00002;

    /** What is see-through lies on white. */
    static GrayPage of(BufferedImage image) {
        var gray = image;
        if (image.getType() != BufferedImage.TYPE_BYTE_GRAY) {
            gray = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
            var canvas = gray.createGraphics();
            canvas.setColor(Color.WHITE);
            canvas.fillRect(0, 0, gray.getWidth(), gray.getHeight());
            canvas.drawImage(image, 0, 0, null);
            canvas.dispose();
        }
        return new GrayPage(
                ((DataBufferByte) gray.getRaster().getDataBuffer()).getData(), gray.getWidth(), gray.getHeight());
    }

    /** Smaller by a whole number, each dot the mean of those it stands for: specks go, shapes stay. */
    GrayPage smaller(int step) {
        int columns = width / step;
        int rows = height / step;
        var means = new byte[columns * rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                means[row * columns + column] = mean(column * step, row * step, step);
            }
        }
        return new GrayPage(means, columns, rows);
    }

    private byte mean(int left, int top, int side) {
        int sum = 0;
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                sum += levels[y * width + x] & 0xff;
            }
        }
        return (byte) (sum / (side * side));
    }

    /** Whether nothing is on it that anyone could read. */
    boolean isBlank() {
        return ink(0, 0, width, height) < BLANK_INK_MAX;
    }

    /** Which part of a rectangle's dots is ink, from 0 to 1, without the outermost fiftieth of the page, where scanners leave shadows. */
    double ink(int left, int top, int right, int bottom) {
        long dots = 0;
        long dark = 0;
        for (int y = Math.max(top, height / 50); y < Math.min(bottom, height - height / 50); y++) {
            for (int x = Math.max(left, width / 50); x < Math.min(right, width - width / 50); x++) {
                dots++;
                dark += (levels[y * width + x] & 0xff) < INK_LEVEL_MAX ? 1 : 0;
            }
        }
        return dots == 0 ? 0 : (double) dark / dots;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GrayPage page
                && page.width == width
                && page.height == height
                && Arrays.equals(page.levels, levels);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(levels);
    }

    @Override
    public String toString() {
        return "GrayPage[" + width + " x " + height + "]";
    }
}
