package org.postbag.normalising.mail;

import java.nio.charset.StandardCharsets;

/** Reads numbers and stretches, the lowest byte first, and never beyond the end: what is missing there is zero, or shorter. */
final class LittleEndian {

    private final Slice slice;
    private int at;

    LittleEndian(Slice slice) {
        this.slice = slice;
        this.at = slice.from();
    }

    boolean has(int count) {
        return count >= 0 && count <= slice.to() - at;
    }

    int u8() {
        return at < slice.to() ? slice.bytes()[at++] & 0xff : 0;
    }

    int u16() {
        return u8() | u8() << 8;
    }

    int i32() {
        return u16() | u16() << 16;
    }

    /** As many bytes, or those that are left; a length below zero is one that a file can't have. */
    Slice take(int count) {
        int from = at;
        at += count < 0 ? slice.to() - at : Math.min(count, slice.to() - at);
        return new Slice(slice.bytes(), from, at);
    }

    /** Text of two bytes a character, up to a zero. */
    static String utf16(Slice slice) {
        var text = new String(slice.bytes(), slice.from(), slice.length() & ~1, StandardCharsets.UTF_16LE);
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }
}
