package org.postbag.normalising.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The compression that Outlook keeps rich text in (MS-OXRTFCP): a window of 4 KB, filled at first with what such texts begin with. */
final class CompressedRtf {

    private static final int COMPRESSED = 0x75465a4c;
    private static final int WINDOW_LENGTH = 4096;
    /** No letter is longer; a few bytes can say many. */
    private static final int TEXT_BYTES_MAX = 10 * 1024 * 1024;

    private static final byte[] BEGINNING =
            ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
                            + "\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n"
                            + "\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx")
                    .getBytes(StandardCharsets.US_ASCII);

    private CompressedRtf() {}

    static Slice unpacked(Slice packed) {
        var in = new LittleEndian(packed);
        in.take(8);
        boolean compressed = in.i32() == COMPRESSED;
        in.take(4);
        return compressed ? decompressed(in) : in.take(TEXT_BYTES_MAX);
    }

    private static Slice decompressed(LittleEndian in) {
        var window = Arrays.copyOf(BEGINNING, WINDOW_LENGTH);
        int place = BEGINNING.length;
        var out = new ByteArrayOutputStream();
        while (in.has(1) && out.size() < TEXT_BYTES_MAX) {
            int flags = in.u8();
            for (int bit = 0; bit < 8 && in.has(1); bit++, flags >>= 1) {
                if ((flags & 1) == 0) {
                    window[place] = (byte) in.u8();
                    out.write(window[place]);
                    place = (place + 1) % WINDOW_LENGTH;
                    continue;
                }
                int high = in.u8();
                int reference = high << 8 | in.u8();
                int from = reference >> 4;
                if (from == place) {
                    return Slice.of(out.toByteArray());
                }
                for (int i = (reference & 15) + 2; i > 0; i--) {
                    window[place] = window[from];
                    out.write(window[place]);
                    place = (place + 1) % WINDOW_LENGTH;
                    from = (from + 1) % WINDOW_LENGTH;
                }
            }
        }
        return Slice.of(out.toByteArray());
    }
}
