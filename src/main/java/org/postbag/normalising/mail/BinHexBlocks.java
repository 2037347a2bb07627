package org.postbag.normalising.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.FileName;

/** Files that old Macintosh programs write into text (BinHex 4.0, RFC 1741): six bits a character, repeated bytes counted, a header with the name before the content. */
final class BinHexBlocks {

    private static final String BEGIN = "(This file must be converted with BinHex";
    private static final String ALPHABET = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";
    private static final int REPEAT = 0x90;
    /** After the name: a zero, type and creator, flags, both lengths, and a checksum. */
    private static final int HEADER_LENGTH = 21;

    private static final int NAME_LENGTH_MAX = 63;
    /** Repeated bytes make much of little. */
    private static final int CONTENT_BYTES_MAX = 20 * 1024 * 1024;

    private BinHexBlocks() {}

    static boolean begins(Slice line) {
        return line.startsWith(BEGIN);
    }

    static FilesInText.@Nullable File read(Lines lines) {
        var written = new ByteArrayOutputStream();
        boolean started = false;
        while (lines.advance()) {
            var line = lines.slice();
            int from = line.from();
            if (!started && line.has(from, ':')) {
                started = true;
                from++;
            } else if (!started && !lines.isBlank()) {
                return null;
            }
            for (int i = from; i < line.to() && started; i++) {
                byte b = line.bytes()[i];
                if (b == ':') {
                    return file(unpacked(written.toByteArray()));
                }
                int value = ALPHABET.indexOf(b);
                if (value >= 0) {
                    written.write(value);
                } else if (b > ' ') {
                    return null;
                }
            }
        }
        return null;
    }

    /** The part with the content; what the Macintosh kept beside it means nothing elsewhere. */
    private static FilesInText.@Nullable File file(byte[] bytes) {
        int nameLength = bytes.length == 0 ? 0 : bytes[0];
        int lengthAt = nameLength + 12;
        int from = 1 + nameLength + HEADER_LENGTH;
        if (nameLength < 1 || nameLength > NAME_LENGTH_MAX || bytes.length < from) {
            return null;
        }
        var name = new String(bytes, 1, nameLength, StandardCharsets.ISO_8859_1);
        long length = Integer.toUnsignedLong(bytes[lengthAt] << 24
                | (bytes[lengthAt + 1] & 0xff) << 16
                | (bytes[lengthAt + 2] & 0xff) << 8
                | bytes[lengthAt + 3] & 0xff);
        int to = (int) Math.min(bytes.length, from + length);
        return new FilesInText.File(name, FileName.type(name), new Slice(bytes, from, to).copy());
    }

    private static byte[] unpacked(byte[] sextets) {
        var out = new ByteArrayOutputStream();
        int bits = 0;
        int held = 0;
        int last = 0;
        boolean repeat = false;
        for (int i = 0; i < sextets.length && out.size() < CONTENT_BYTES_MAX; i++) {
            bits = bits << 6 | sextets[i];
            held += 6;
            if (held < 8) {
                continue;
            }
            held -= 8;
            int b = bits >> held & 0xff;
            if (!repeat && b == REPEAT) {
                repeat = true;
                continue;
            }
            // A count of none stands for the mark itself.
            last = !repeat ? b : b == 0 ? REPEAT : last;
            for (int times = repeat && b != 0 ? b - 1 : 1; times > 0; times--) {
                out.write(last);
            }
            repeat = false;
        }
        return out.toByteArray();
    }
}
