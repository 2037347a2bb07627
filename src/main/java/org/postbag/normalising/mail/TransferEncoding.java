package org.postbag.normalising.mail;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;

/** Undoes Content-Transfer-Encoding (RFC 2045), and takes what mail programs make of it: other names, stray characters, missing ends. */
final class TransferEncoding {

    private static final byte[] BASE64 = values("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static final int SAMPLE_BYTES_MAX = 65_536;
    private static final int BASE64_LENGTH_MIN = 24;

    private TransferEncoding() {}

    private enum Kind {
        NONE,
        BASE64,
        QUOTED_PRINTABLE,
        UUENCODE,
        UNKNOWN
    }

    static Slice decode(Slice body, String declared, Damage damage) {
        return switch (kind(declared)) {
            case NONE -> body;
            case BASE64 -> declaredBase64(body, damage);
            case QUOTED_PRINTABLE -> quotedPrintable(body);
            case UUENCODE -> uuencoded(body, damage);
            case UNKNOWN -> {
                damage.note("A part is encoded in a way that does not exist; it was told from the content.");
                yield looksLikeBase64(body) ? base64(body) : looksQuotedPrintable(body) ? quotedPrintable(body) : body;
            }
        };
    }

    /** True where the content may be looked into as it stands. */
    static boolean isNone(String declared) {
        return kind(declared) == Kind.NONE;
    }

    private static Kind kind(String declared) {
        var name = declared.strip().toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < name.length() && name.charAt(end) > ' ' && name.charAt(end) != ';' && name.charAt(end) != '(') {
            end++;
        }
        var word = name.substring(0, end).replace("\"", "").replace("'", "");
        if (name.startsWith("quoted") || word.equals("qp")) {
            return Kind.QUOTED_PRINTABLE;
        }
        return switch (word) {
            case "",
                    "7bit",
                    "8bit",
                    "binary",
                    "7-bit",
                    "8-bit",
                    "7bits",
                    "8bits",
                    "plain",
                    "none",
                    "7",
                    "8",
                    "7bit,",
                    "text/plain" -> Kind.NONE;
            case "base64", "base-64", "x-base64", "b64", "base64," -> Kind.BASE64;
            case "x-uuencode", "uuencode", "x-uue", "uue", "x-uu", "uu" -> Kind.UUENCODE;
            default -> Kind.UNKNOWN;
        };
    }

    /** Text that is only called base64 stays text. */
    private static Slice declaredBase64(Slice body, Damage damage) {
        int letters = 0;
        int others = 0;
        int sampled = Math.min(body.to(), body.from() + SAMPLE_BYTES_MAX);
        for (int i = body.from(); i < sampled; i++) {
            int b = body.bytes()[i] & 0xff;
            if (BASE64[b] >= 0 || b == '=') {
                letters++;
            } else if (b != '\r' && b != '\n') {
                others++;
            }
        }
        if (others * 10 > letters) {
            damage.note("A part says it is base64 and is not; it was taken as it stands.");
            return looksQuotedPrintable(body) ? quotedPrintable(body) : body;
        }
        return base64(body);
    }

    static byte[] base64(String text) {
        var bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return base64(Slice.of(bytes)).copy();
    }

    /** Skips what is no base64. A pad ends a run, and another may follow (parts that were encoded one by one and put together). */
    static Slice base64(Slice body) {
        var out = new byte[(int) ((long) body.length() * 3 / 4) + 3];
        int count = 0;
        int bits = 0;
        int held = 0;
        for (int i = body.from(); i < body.to(); i++) {
            int b = body.bytes()[i] & 0xff;
            int value = BASE64[b];
            if (value >= 0) {
                bits = bits << 6 | value;
                held += 6;
                if (held >= 8) {
                    held -= 8;
                    out[count++] = (byte) (bits >> held);
                }
            } else if (b == '=') {
                held = 0;
            }
        }
        return new Slice(out, 0, count);
    }

    static Slice quotedPrintable(Slice body) {
        var bytes = body.bytes();
        var out = new byte[body.length()];
        int count = 0;
        int i = body.from();
        while (i < body.to()) {
            byte b = bytes[i];
            if (b != '=') {
                out[count++] = b;
                i++;
                continue;
            }
            int high = i + 2 < body.to() ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                out[count++] = (byte) (high << 4 | low);
                i += 3;
                continue;
            }
            int softEnd = softBreakEnd(body, i + 1);
            if (softEnd < 0) {
                out[count++] = b;
                i++;
            } else {
                i = softEnd;
            }
        }
        return new Slice(out, 0, count);
    }

    /** The byte after a line end that {@code =} takes away, with the spaces that some servers put before it; -1 where there is none. */
    private static int softBreakEnd(Slice body, int from) {
        int i = from;
        while (i < body.to() && (body.bytes()[i] == ' ' || body.bytes()[i] == '\t')) {
            i++;
        }
        if (i == body.to()) {
            return i;
        }
        int returns = i;
        while (body.has(returns, '\r')) {
            returns++;
        }
        if (body.has(returns, '\n')) {
            return returns + 1;
        }
        return returns > i ? returns : -1;
    }

    /** Nothing but its characters, of every kind, and in whole groups: words alone never look so. */
    static boolean looksLikeBase64(Slice body) {
        int letters = 0;
        boolean digits = false;
        boolean capitals = false;
        boolean small = false;
        int sampled = Math.min(body.to(), body.from() + SAMPLE_BYTES_MAX);
        for (int i = body.from(); i < sampled; i++) {
            int b = body.bytes()[i] & 0xff;
            if (BASE64[b] >= 0 || b == '=') {
                letters++;
                digits |= b >= '0' && b <= '9';
                capitals |= b >= 'A' && b <= 'Z';
                small |= b >= 'a' && b <= 'z';
            } else if (b != '\r' && b != '\n') {
                return false;
            }
        }
        return digits && capitals && small && letters >= BASE64_LENGTH_MIN && (sampled < body.to() || letters % 4 == 0);
    }

    static boolean looksQuotedPrintable(Slice body) {
        int codes = 0;
        int stray = 0;
        int sampled = Math.min(body.to(), body.from() + SAMPLE_BYTES_MAX);
        for (int i = body.from(); i < sampled; i++) {
            if (body.bytes()[i] == '=') {
                boolean hex = i + 2 < body.to()
                        && Character.digit(body.bytes()[i + 1], 16) >= 0
                        && Character.digit(body.bytes()[i + 2], 16) >= 0;
                boolean soft = body.has(i + 1, '\n') || body.has(i + 1, '\r');
                codes += hex || soft ? 1 : 0;
                stray += hex || soft ? 0 : 1;
            }
        }
        return codes > stray * 4;
    }

    private static Slice uuencoded(Slice body, Damage damage) {
        var out = new ByteArrayOutputStream();
        var rest = FilesInText.extract(body, file -> out.writeBytes(file.content()));
        if (out.size() == 0 && !body.isBlank()) {
            damage.note("A part says it is uuencoded and is not; it was taken as it stands.");
            return rest;
        }
        return Slice.of(out.toByteArray());
    }

    private static byte[] values(String alphabet) {
        var values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }
}
