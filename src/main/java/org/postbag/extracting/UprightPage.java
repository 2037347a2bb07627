package org.postbag.extracting;

import static org.bytedeco.leptonica.global.leptonica.*;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.leptonica.PIX;

/** A page made fit for reading by Leptonica: an even background, less noise, lines level, and as far as the shapes of letters tell the right way up. */
final class UprightPage implements AutoCloseable {

    /** After the background is evened out, what is darker is ink. */
    private static final int INK_LEVEL_MAX = 150;

    /** Of a page's dots the darkest are print. */
    private static final float PRINT_PART = 0.005f;

    private static final int PRINT_LEVEL_MAX = 170;
    private static final int PAPER_LEVEL = 230;

    /** What is lighter than this part of the way from print to paper becomes paper: most stamps, and what shines through. */
    private static final double PALE = 0.6;

    /** Leptonica's figure for how sure a skew is; below, a page has too few lines to tell. */
    private static final float SKEW_CONFIDENCE_MIN = 2;

    private static final float SKEW_DEGREES_MIN = 0.05f;
    private static final float SKEW_DEGREES_MAX = 10;

    /** In dots. Pages of a fax, with some 120 dots an inch, are read better when they are made larger. */
    private static final int COARSE_WIDTH_MAX = 1_300;

    private static final float COARSE_SCALE = 1.6f;

    /** A soft 3 x 3 filter takes out the specks that faint and noisy scans are full of. */
    private static final String SOFTENING = "1 2 1 2 4 2 1 2 1";

    /** In dots; smaller pictures make Leptonica's filters fail. */
    static final int SIDE_MIN = 16;

    private final List<PIX> made = new ArrayList<>();
    private PIX picture;

    /** @throws IllegalArgumentException if it is smaller than a word */
    private UprightPage(GrayPage page) {
        if (page.width() < SIDE_MIN || page.height() < SIDE_MIN) {
            throw new IllegalArgumentException("Smaller than a word");
        }
        var pgm = pgm(page);
        picture = mine(pixReadMemPnm(pgm, pgm.length));
        if (Math.min(page.width(), page.height()) < COARSE_WIDTH_MAX) {
            picture = mine(pixScale(picture, COARSE_SCALE, COARSE_SCALE));
        }
    }

    static UprightPage of(GrayPage page) {
        setMsgSeverity(L_SEVERITY_NONE);
        var upright = new UprightPage(page);
        upright.even();
        upright.level();
        upright.stand();
        return upright;
    }

    PIX picture() {
        return picture;
    }

    PIX turnedOver() {
        return mine(pixRotate180(null, picture));
    }

    @Override
    public void close() {
        made.forEach(pix -> pixDestroy(pix));
        made.clear();
    }

    private void even() {
        // A page smaller than the tiles by which the background is found has none to speak of.
        var even = pixBackgroundNorm(picture, null, null, 16, 24, 60, 40, 230, 2, 2);
        picture = even == null ? picture : mine(even);
        var kernel = kernelCreateFromString(3, 3, 1, 1, SOFTENING);
        picture = mine(pixConvolve(picture, kernel, 8, 1));
        kernelDestroy(kernel);
        int print = print();
        picture = mine(pixGammaTRC(null, picture, 1.0f, print, (int) (print + PALE * (PAPER_LEVEL - print))));
    }

    private int print() {
        var level = new float[1];
        boolean failed = pixGetRankValueMasked(picture, null, 0, 0, 2, PRINT_PART, level, null) != 0;
        return failed ? 0 : Math.min(PRINT_LEVEL_MAX, (int) level[0]);
    }

    /** Lines of print run one way: whichever of the two ways is told more surely, by how much ink changes from row to row. */
    private void level() {
        var across = skew(ink());
        var down = skew(mine(pixRotate90(ink(), 1)));
        boolean onItsSide = down.confidence() > across.confidence();
        if (onItsSide) {
            picture = mine(pixRotate90(picture, 1));
        }
        var skew = onItsSide ? down : across;
        if (skew.confidence() > SKEW_CONFIDENCE_MIN && Math.abs(skew.degrees()) > SKEW_DEGREES_MIN) {
            picture = mine(pixRotate(
                    picture, (float) Math.toRadians(skew.degrees()), L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
        }
    }

    /** In English more letters reach above the line than below it. */
    private void stand() {
        var up = new float[1];
        pixUpDownDetect(ink(), up, 0, 0, 0);
        if (up[0] < 0) {
            picture = turnedOver();
        }
    }

    private record Skew(float degrees, float confidence) {}

    private static Skew skew(PIX ink) {
        var degrees = new float[1];
        var confidence = new float[1];
        boolean failed = pixFindSkewSweepAndSearch(ink, degrees, confidence, 2, 2, SKEW_DEGREES_MAX, 1, 0.01f) != 0;
        return failed ? new Skew(0, 0) : new Skew(degrees[0], confidence[0]);
    }

    private PIX ink() {
        return mine(pixThresholdToBinary(picture, INK_LEVEL_MAX));
    }

    private PIX mine(PIX pix) {
        if (pix == null) {
            throw new IllegalStateException("Leptonica had no memory for a page");
        }
        made.add(pix);
        return pix;
    }

    private static byte[] pgm(GrayPage page) {
        var header = ("P5\n" + page.width() + " " + page.height() + "\n255\n").getBytes(StandardCharsets.US_ASCII);
        var pgm = Arrays.copyOf(header, header.length + page.levels().length);
        System.arraycopy(page.levels(), 0, pgm, header.length, page.levels().length);
        return pgm;
    }
}
