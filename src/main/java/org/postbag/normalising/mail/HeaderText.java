package org.postbag.normalising.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the text of a header field: encoded words (RFC 2047), also where they are not allowed, cut in the middle of a character or never closed, and
 * raw bytes beyond ASCII, which are UTF-8 or else in the charset of the message.
 */
final class HeaderText {

    private HeaderText() {}

    /** An encoded word found at a place. */
    private record EncodedWord(String charset, char encoding, byte[] bytes, int end) {

        boolean continues(EncodedWord earlier) {
            return charset.equalsIgnoreCase(earlier.charset) && encoding == earlier.encoding;
        }
    }

    /**
     * @param value bytes as Latin-1 characters
     * @param hint the charset of the message's text, or null
     */
    static String decode(String value, @Nullable String hint, Damage damage) {
        var text = new StringBuilder(value.length());
        int raw = 0;
        int i = value.indexOf("=?");
        while (i >= 0) {
            var word = wordAt(value, i);
            if (word == null) {
                i = value.indexOf("=?", i + 2);
                continue;
            }
            appendRaw(text, value.substring(raw, i), hint, damage);
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(word.bytes);
            var next = wordAfterSpace(value, word.end);
            // One character may be cut in two by the border of two words.
            while (next != null && next.continues(word)) {
                bytes.writeBytes(next.bytes);
                word = next;
                next = wordAfterSpace(value, word.end);
            }
            text.append(Charsets.decode(Slice.of(bytes.toByteArray()), word.charset, damage));
            raw = next == null ? word.end : skipSpace(value, word.end);
            i = value.indexOf("=?", raw);
        }
        appendRaw(text, value.substring(raw), hint, damage);
        return shown(text);
    }

    /** Without line ends, control characters and doubled spaces: a header is one line. */
    private static String shown(StringBuilder text) {
        var line = new StringBuilder(text.length());
        boolean space = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = c <= ' ' || c == 0x7f || c == '\u00a0' || c >= 0x80 && c < 0xa0;
            if (!blank) {
                line.append(c);
            } else if (!space) {
                line.append(' ');
            }
            space = blank;
        }
        return Normalizer.normalize(line.toString().strip(), Normalizer.Form.NFC);
    }

    private static void appendRaw(StringBuilder text, String raw, @Nullable String hint, Damage damage) {
        if (!raw.isEmpty()) {
            text.append(raw(raw, hint, damage));
        }
    }

    private static String raw(String raw, @Nullable String hint, Damage damage) {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) >= 0x80 || raw.charAt(i) == 0x1b) {
                damage.note("A header has characters that are not encoded as they should be.");
                var bytes = Slice.of(raw.getBytes(StandardCharsets.ISO_8859_1));
                return Charsets.decode(bytes, hint, damage);
            }
        }
        return raw;
    }

    /** Where the encoded word ends that begins at {@code at}; -1 where none does, or none that is closed. */
    static int wordEnd(String value, int at) {
        var word = value.startsWith("=?", at) ? wordAt(value, at) : null;
        return word == null || !value.startsWith("?=", word.end - 2) ? -1 : word.end;
    }

    private static @Nullable EncodedWord wordAfterSpace(String value, int from) {
        int at = skipSpace(value, from);
        return value.startsWith("=?", at) ? wordAt(value, at) : null;
    }

    private static int skipSpace(String value, int from) {
        int at = from;
        while (at < value.length() && value.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    private static @Nullable EncodedWord wordAt(String value, int at) {
        int charsetEnd = at + 2;
        while (charsetEnd < value.length() && value.charAt(charsetEnd) > ' ' && value.charAt(charsetEnd) != '?') {
            charsetEnd++;
        }
        if (charsetEnd + 2 >= value.length()
                || value.charAt(charsetEnd) != '?'
                || value.charAt(charsetEnd + 2) != '?') {
            return null;
        }
        char encoding = Character.toUpperCase(value.charAt(charsetEnd + 1));
        if (encoding != 'B' && encoding != 'Q') {
            return null;
        }
        int from = charsetEnd + 3;
        int end = from;
        while (end < value.length() && !value.startsWith("?=", end)) {
            // A new word before this one is closed: the close was lost.
            if (value.startsWith("=?", end) && wordHead(value, end)) {
                break;
            }
            end++;
        }
        if (end == value.length()) {
            // Never closed: what follows a space is no longer part of it.
            end = from;
            while (end < value.length() && value.charAt(end) > ' ') {
                end++;
            }
        }
        // "=?utf-8?Q??= text": the text of the word may itself begin with what looks like the close.
        if (encoding == 'Q'
                && end + 2 < value.length()
                && value.charAt(end + 2) == '='
                && value.startsWith("?=", end + 1)) {
            end++;
        }
        var text = value.substring(from, end);
        var bytes = encoding == 'B' ? TransferEncoding.base64(text) : q(text);
        int after = value.startsWith("?=", end) ? end + 2 : end;
        return new EncodedWord(value.substring(at + 2, charsetEnd), encoding, bytes, after);
    }

    private static boolean wordHead(String value, int at) {
        int question = value.indexOf('?', at + 2);
        return question > at + 2
                && question - at < 40
                && question + 2 < value.length()
                && value.charAt(question + 2) == '?'
                && "BQbq".indexOf(value.charAt(question + 1)) >= 0;
    }

    private static byte[] q(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '=' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(c == '_' ? ' ' : c);
            }
        }
        return bytes.toByteArray();
    }
}
