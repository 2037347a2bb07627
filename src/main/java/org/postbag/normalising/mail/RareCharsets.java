package org.postbag.normalising.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Charsets that mail is written in and Java does not know. */
final class RareCharsets {

    private static final int UPPER_HALF = 0xa0;

    /** ISO-8859-14, which has the letters of Welsh, from 0xA0 on. */
    private static final String CELTIC =
            "\u00a0\u1e02\u1e03\u00a3\u010a\u010b\u1e0a\u00a7\u1e80\u00a9\u1e82\u1e0b\u1ef2\u00ad\u00ae\u0178"
                    + "\u1e1e\u1e1f\u0120\u0121\u1e40\u1e41\u00b6\u1e56\u1e81\u1e57\u1e83\u1e60\u1ef3\u1e84\u1e85\u1e61"
                    + "\u00c0\u00c1\u00c2\u00c3\u00c4\u00c5\u00c6\u00c7\u00c8\u00c9\u00ca\u00cb\u00cc\u00cd\u00ce\u00cf"
                    + "\u0174\u00d1\u00d2\u00d3\u00d4\u00d5\u00d6\u1e6a\u00d8\u00d9\u00da\u00db\u00dc\u00dd\u0176\u00df"
                    + "\u00e0\u00e1\u00e2\u00e3\u00e4\u00e5\u00e6\u00e7\u00e8\u00e9\u00ea\u00eb\u00ec\u00ed\u00ee\u00ef"
                    + "\u0175\u00f1\u00f2\u00f3\u00f4\u00f5\u00f6\u1e6b\u00f8\u00f9\u00fa\u00fb\u00fc\u00fd\u0177\u00ff";

    /** ISO-8859-10, from 0xA0 on. */
    private static final String NORDIC =
            "\u00a0\u0104\u0112\u0122\u012a\u0128\u0136\u00a7\u013b\u0110\u0160\u0166\u017d\u00ad\u016a\u014a"
                    + "\u00b0\u0105\u0113\u0123\u012b\u0129\u0137\u00b7\u013c\u0111\u0161\u0167\u017e\u2015\u016b\u014b"
                    + "\u0100\u00c1\u00c2\u00c3\u00c4\u00c5\u00c6\u012e\u010c\u00c9\u0118\u00cb\u0116\u00cd\u00ce\u00cf"
                    + "\u00d0\u0145\u014c\u00d3\u00d4\u00d5\u00d6\u0168\u00d8\u0172\u00da\u00db\u00dc\u00dd\u00de\u00df"
                    + "\u0101\u00e1\u00e2\u00e3\u00e4\u00e5\u00e6\u012f\u010d\u00e9\u0119\u00eb\u0117\u00ed\u00ee\u00ef"
                    + "\u00f0\u0146\u014d\u00f3\u00f4\u00f5\u00f6\u0169\u00f8\u0173\u00fa\u00fb\u00fc\u00fd\u00fe\u0138";

    private RareCharsets() {}

    /** Null where the name, in lower case, is none of these. */
    static @Nullable String decode(Slice bytes, String name) {
        return switch (name) {
            case "utf-7", "utf7", "unicode-1-1-utf-7", "x-unicode-1-1-utf-7" -> Utf7.decode(bytes);
            case "hz-gb-2312", "hz" -> hz(bytes);
            case "iso-8859-14", "iso_8859-14", "iso8859-14", "latin8", "latin-8", "iso-celtic" -> table(bytes, CELTIC);
            case "iso-8859-10", "iso_8859-10", "iso8859-10", "latin6", "latin-6" -> table(bytes, NORDIC);
            default -> null;
        };
    }

    private static String table(Slice bytes, String upperHalf) {
        var text = new StringBuilder(bytes.length());
        for (int i = bytes.from(); i < bytes.to(); i++) {
            int b = bytes.bytes()[i] & 0xff;
            text.append(b < UPPER_HALF ? (char) b : upperHalf.charAt(b - UPPER_HALF));
        }
        return text.toString();
    }

    /** Chinese in seven bits between <code>~{</code> and <code>~}</code> (RFC 1843): GB 2312 with the eighth bit off. */
    private static String hz(Slice bytes) {
        var out = new ByteArrayOutputStream(bytes.length());
        boolean chinese = false;
        for (int i = bytes.from(); i < bytes.to(); i++) {
            byte b = bytes.bytes()[i];
            if (b == '~' && i + 1 < bytes.to() && "{}~\n".indexOf(bytes.bytes()[i + 1]) >= 0) {
                byte next = bytes.bytes()[++i];
                chinese = next == '{' || chinese && next == '~';
                if (next == '~') {
                    out.write('~');
                }
            } else {
                // A line ends what was not closed on it.
                chinese &= b != '\n';
                out.write(chinese && b > ' ' ? b | 0x80 : b);
            }
        }
        return out.toString(Charset.forName("GB18030"));
    }
}
