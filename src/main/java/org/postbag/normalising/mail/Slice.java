package org.postbag.normalising.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A stretch of bytes in a larger array, so that parts of a message are looked at without being copied.
 *
 * @param from the first byte
 * @param to the byte after the last
 */
record Slice(byte[] bytes, int from, int to) {

    static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    int length() {
        return to - from;
    }

    boolean isEmpty() {
        return to <= from;
    }

    /** The bytes as characters of the same number, which loses nothing: {@link HeaderText} finds out later what they mean. */
    String latin1() {
        return new String(bytes, from, length(), StandardCharsets.ISO_8859_1);
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    boolean isBlank() {
        for (int i = from; i < to; i++) {
            if ((bytes[i] & 0xff) > ' ') {
                return false;
            }
        }
        return true;
    }

    /** True where a byte at {@code at} exists and is {@code wanted}. */
    boolean has(int at, char wanted) {
        return at >= from && at < to && bytes[at] == wanted;
    }

    boolean startsWith(String ascii) {
        if (length() < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean hasEightBit() {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return true;
            }
        }
        return false;
    }

    /** With an escape, text of seven bits goes over to another script (ISO 2022). */
    boolean hasEscape() {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0x1b) {
                return true;
            }
        }
        return false;
    }
}
