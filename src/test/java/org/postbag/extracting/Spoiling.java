package org.postbag.extracting;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Kernel;
import java.util.Random;

/** What becomes of a page on its way through an office, each the same for the same seed. */
public enum Spoiling {
    CLEAN,
    NOISE,
    BLUR,
    SKEW,
    TURNED_90,
    TURNED_180,
    TURNED_270,
    FAINT,
    STAMP,
    SHADOW,
    FAX,
    /** Faint, skewed, blurred, noisy and stamped at once. */
    ALL;

    public BufferedImage spoil(BufferedImage page, Random random) {
        double scale = page.getWidth() / 1650.0;
        return switch (this) {
            case CLEAN -> page;
            case NOISE -> noise(page, random, 28, 0.006);
            case BLUR -> blur(page, 1.6 * scale);
            case SKEW -> skew(page, (random.nextBoolean() ? 1 : -1) * (1 + random.nextDouble() * 4));
            case TURNED_90 -> quarters(page, 1);
            case TURNED_180 -> quarters(page, 2);
            case TURNED_270 -> quarters(page, 3);
            case FAINT -> noise(levels(page, 150, 205), random, 5, 0);
            case STAMP -> stamp(page, random);
            case SHADOW -> shadow(page);
            case FAX -> fax(page);
            case ALL -> {
                var faint = skew(levels(page, 90, 225), random.nextDouble() * 4 - 2);
                yield stamp(noise(blur(faint, 0.8 * scale), random, 14, 0.002), random);
            }
        };
    }

    /** @param specks which part of the dots is black or white by chance */
    private static BufferedImage noise(BufferedImage page, Random random, double sigma, double specks) {
        return dots(page, (level, x) -> {
            if (random.nextDouble() < specks) {
                return random.nextBoolean() ? 0 : 255;
            }
            return level + (int) (random.nextGaussian() * sigma);
        });
    }

    private static BufferedImage levels(BufferedImage page, int black, int white) {
        return dots(page, (level, x) -> black + level * (white - black) / 255);
    }

    /** As of a book's fold: dark on the left. */
    private static BufferedImage shadow(BufferedImage page) {
        return dots(page, (level, x) -> (int) (level * (0.45 + 0.55 * Math.min(1, x / (page.getWidth() * 0.8)))));
    }

    private static BufferedImage fax(BufferedImage page) {
        var small = ScannedPage.white((int) (page.getWidth() * 0.62), (int) (page.getHeight() * 0.62));
        var canvas = small.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.drawImage(page, 0, 0, small.getWidth(), small.getHeight(), null);
        canvas.dispose();
        return dots(small, (level, x) -> level < 150 ? 0 : 255);
    }

    private static BufferedImage blur(BufferedImage page, double sigma) {
        int reach = (int) Math.ceil(sigma * 2.5);
        var weights = new float[2 * reach + 1];
        float sum = 0;
        for (int i = -reach; i <= reach; i++) {
            weights[i + reach] = (float) Math.exp(-i * i / (2 * sigma * sigma));
            sum += weights[i + reach];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        var across = new ConvolveOp(new Kernel(weights.length, 1, weights), ConvolveOp.EDGE_NO_OP, null);
        var down = new ConvolveOp(new Kernel(1, weights.length, weights), ConvolveOp.EDGE_NO_OP, null);
        return down.filter(across.filter(page, null), null);
    }

    private static BufferedImage skew(BufferedImage page, double degrees) {
        var out = ScannedPage.white(page.getWidth(), page.getHeight());
        var canvas = out.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.drawImage(
                page,
                AffineTransform.getRotateInstance(
                        Math.toRadians(degrees), page.getWidth() / 2.0, page.getHeight() / 2.0),
                null);
        canvas.dispose();
        return out;
    }

    private static BufferedImage quarters(BufferedImage page, int quarters) {
        int width = page.getWidth();
        int height = page.getHeight();
        var out = quarters == 2 ? ScannedPage.white(width, height) : ScannedPage.white(height, width);
        double pivot = quarters == 3 ? width / 2.0 : height / 2.0;
        var canvas = out.createGraphics();
        canvas.drawImage(
                page,
                AffineTransform.getQuadrantRotateInstance(quarters, quarters == 2 ? width / 2.0 : pivot, pivot),
                null);
        canvas.dispose();
        return out;
    }

    private static BufferedImage stamp(BufferedImage page, Random random) {
        var out = dots(page, (level, x) -> level);
        int inch = (int) (Math.min(page.getWidth(), page.getHeight()) / 8.27);
        int x = page.getWidth() / 3 + random.nextInt(page.getWidth() / 4);
        int y = page.getHeight() / 4 + random.nextInt(page.getHeight() / 4);
        var canvas = out.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.rotate(Math.toRadians(random.nextInt(30) - 15), x, y);
        canvas.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.45f));
        canvas.setColor(new Color(90, 90, 90));
        canvas.setStroke(new BasicStroke(inch * 0.04f));
        canvas.drawOval(x, y, 2 * inch, (int) (1.2 * inch));
        canvas.drawRect(x + inch / 4, y + inch * 45 / 100, inch * 3 / 2, inch * 3 / 10);
        canvas.dispose();
        return out;
    }

    private interface Dot {
        int level(int level, int x);
    }

    private static BufferedImage dots(BufferedImage page, Dot dot) {
        var out = ScannedPage.white(page.getWidth(), page.getHeight());
        var in = ((DataBufferByte) page.getRaster().getDataBuffer()).getData();
        var levels = ((DataBufferByte) out.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) Math.clamp(dot.level(in[i] & 0xff, i % page.getWidth()), 0, 255);
        }
        return out;
    }
}
