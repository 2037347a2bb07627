package org.postbag.extracting;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a camera was held, as a JPEG says it (Exif 2.32, tag 0x0112): its dots lie as the sensor saw them, and whoever shows them turns them. In the order of
 * the tag's values, from 1.
 */
enum Orientation {
    UPRIGHT,
    MIRRORED,
    UPSIDE_DOWN,
    UPSIDE_DOWN_MIRRORED,
    LEFT_MIRRORED,
    LEFT,
    RIGHT_MIRRORED,
    RIGHT;

    private static final int TAG = 0x0112;
    private static final int START_OF_SCAN = 0xda;
    private static final int APPLICATION_1 = 0xe1;
    private static final String EXIF = "Exif\0\0";
    private static final int ENTRY_BYTES = 12;

    /** Upright where nothing says otherwise, or what says so is damaged. */
    static Orientation of(byte[] jpeg) {
        int at = 2;
        while (at + 4 <= jpeg.length && (jpeg[at] & 0xff) == 0xff && (jpeg[at + 1] & 0xff) != START_OF_SCAN) {
            int length = ((jpeg[at + 2] & 0xff) << 8) | (jpeg[at + 3] & 0xff);
            int from = at + 4;
            int to = Math.min(at + 2 + length, jpeg.length);
            if ((jpeg[at + 1] & 0xff) == APPLICATION_1 && isExif(jpeg, from, to)) {
                return in(ByteBuffer.wrap(jpeg, from + EXIF.length(), to - from - EXIF.length())
                        .slice());
            }
            at += 2 + length;
        }
        return UPRIGHT;
    }

    private static boolean isExif(byte[] jpeg, int from, int to) {
        return to - from >= EXIF.length()
                && new String(jpeg, from, EXIF.length(), StandardCharsets.ISO_8859_1).equals(EXIF);
    }

    /** The Exif block is a TIFF without a picture: the place of a list, its length, and its entries (TIFF 6.0, section 2). */
    private static Orientation in(ByteBuffer tiff) {
        if (tiff.limit() < 8) {
            return UPRIGHT;
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int list = tiff.getInt(4);
        if (list < 8 || list > tiff.limit() - 2) {
            return UPRIGHT;
        }
        int entries = Math.min(tiff.getShort(list) & 0xffff, (tiff.limit() - list - 2) / ENTRY_BYTES);
        for (int entry = 0; entry < entries; entry++) {
            int at = list + 2 + entry * ENTRY_BYTES;
            if ((tiff.getShort(at) & 0xffff) == TAG) {
                int value = tiff.getShort(at + 8) & 0xffff;
                return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** Whether its rows are the picture's columns. */
    boolean onItsSide() {
        return ordinal() >= LEFT_MIRRORED.ordinal();
    }

    /** What turns a picture of this size, as {@link java.awt.geom.AffineTransform} has it: x from x, y from x, x from y, y from y, shift right, shift down. */
    double[] turning(int width, int height) {
        return switch (this) {
            case UPRIGHT -> new double[] {1, 0, 0, 1, 0, 0};
            case MIRRORED -> new double[] {-1, 0, 0, 1, width, 0};
            case UPSIDE_DOWN -> new double[] {-1, 0, 0, -1, width, height};
            case UPSIDE_DOWN_MIRRORED -> new double[] {1, 0, 0, -1, 0, height};
            case LEFT_MIRRORED -> new double[] {0, 1, 1, 0, 0, 0};
            case LEFT -> new double[] {0, 1, -1, 0, height, 0};
            case RIGHT_MIRRORED -> new double[] {0, -1, -1, 0, height, width};
            case RIGHT -> new double[] {0, -1, 1, 0, 0, width};
        };
    }
}
