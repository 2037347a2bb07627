package org.postbag.enquiries.web;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Raw bytes as a page shows them: as text where they are text, else in hex. The page escapes it.
 *
 * @param hex whether it is a hex listing
 * @param shown how many bytes of the beginning are in it
 * @param size how many bytes there are
 */
record RawText(String text, boolean hex, int shown, long size) {

    static final int TEXT_SHOWN_BYTES_MAX = 200_000;
    static final int HEX_SHOWN_BYTES_MAX = 8_192;

    private static final int HEX_LINE_BYTES = 16;
    private static final double CONTROL_SHARE_MAX = 0.02;

    static RawText of(byte[] content) {
        boolean hex = isBinary(content);
        int shown = Math.min(content.length, hex ? HEX_SHOWN_BYTES_MAX : TEXT_SHOWN_BYTES_MAX);
        return new RawText(hex ? listing(content, shown) : text(content, shown), hex, shown, content.length);
    }

    public boolean isCut() {
        return shown < size;
    }

    /** UTF-16, pictures and archives hold many control characters, text hardly any. */
    private static boolean isBinary(byte[] content) {
        int looked = Math.min(content.length, HEX_SHOWN_BYTES_MAX);
        int control = 0;
        for (int i = 0; i < looked; i++) {
            int b = content[i] & 0xff;
            if (b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                control++;
            }
        }
        return control > looked * CONTROL_SHARE_MAX;
    }

    /** Control characters, which no browser shows alike, as their Unicode pictures. */
    private static String text(byte[] content, int shown) {
        var text = new StringBuilder(shown);
        new String(content, 0, shown, StandardCharsets.UTF_8)
                .replace("\r\n", "\n")
                .chars()
                .map(c -> c < 0x20 && c != '\n' && c != '\t' ? 0x2400 + c : c)
                .forEach(c -> text.append((char) c));
        return text.toString();
    }

    private static String listing(byte[] content, int shown) {
        var digits = HexFormat.ofDelimiter(" ");
        var text = new StringBuilder();
        for (int from = 0; from < shown; from += HEX_LINE_BYTES) {
            int to = Math.min(from + HEX_LINE_BYTES, shown);
            text.append(String.format("%08x  %-47s  ", from, digits.formatHex(content, from, to)));
            for (int i = from; i < to; i++) {
                text.append(content[i] >= 0x20 && content[i] < 0x7f ? (char) content[i] : '.');
            }
            text.append('\n');
        }
        return text.toString();
    }
}
