package org.postbag.normalising.mail;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns bytes into text by the charset that a message declares, or by what the bytes show where it declares none, an unknown or a wrong one. */
final class Charsets {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int SAMPLE_BYTES_MAX = 65_536;
    private static final int CONFIDENCE_MIN = 30;

    /** Declared as the first, nearly always written as the second, which has every character of the first (WHATWG Encoding Standard). */
    private static final Map<String, String> SUPERSETS = Map.ofEntries(
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-11", "windows-874"),
            Map.entry("tis-620", "windows-874"),
            Map.entry("gb2312", "GB18030"),
            Map.entry("gb_2312-80", "GB18030"),
            Map.entry("gbk", "GB18030"),
            Map.entry("cp936", "GB18030"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ks_c_5601", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
            Map.entry("big5", "x-MS950-HKSCS"),
            Map.entry("iso-8859-8-i", "iso-8859-8"),
            Map.entry("iso-8859-6-i", "iso-8859-6"),
            Map.entry("utf8", "UTF-8"),
            Map.entry("unicode-1-1-utf-8", "UTF-8"),
            Map.entry("macintosh", "x-MacRoman"),
            Map.entry("x-mac-roman", "x-MacRoman"),
            Map.entry("cp-850", "IBM850"),
            Map.entry("ansi", "windows-1252"));

    private Charsets() {}

    /**
     * Never fails: bytes that fit nothing become U+FFFD.
     *
     * @param declared the charset's name as written, or null
     */
    static String decode(Slice bytes, @Nullable String declared, Damage damage) {
        var name = declared == null ? "" : cleaned(declared);
        if (name.equals("utf-7") || name.equals("unicode-1-1-utf-7") || name.equals("x-unicode-1-1-utf-7")) {
            return Utf7.decode(bytes);
        }
        if (isPlainAscii(bytes)) {
            return new String(bytes.bytes(), bytes.from(), bytes.length(), StandardCharsets.US_ASCII);
        }
        var charset = named(name);
        if (charset == null) {
            if (!name.isEmpty()) {
                damage.note("The text names a charset that does not exist; it was told from the text itself.");
            }
            return detected(bytes, damage);
        }
        return declared(bytes, charset, damage);
    }

    /** The charset of that name, or null where there is none. */
    static @Nullable Charset named(String name) {
        var cleaned = cleaned(name);
        if (cleaned.isEmpty()) {
            return null;
        }
        try {
            return Charset.forName(SUPERSETS.getOrDefault(cleaned, cleaned));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        }
    }

    private static String cleaned(String name) {
        var cleaned = name.strip().toLowerCase(Locale.ROOT).replaceAll("[\"'\\s;]", "");
        // RFC 2231 lets a language follow: "utf-8*en".
        int star = cleaned.indexOf('*');
        return star > 0 ? cleaned.substring(0, star) : cleaned;
    }

    private static String declared(Slice bytes, Charset charset, Damage damage) {
        boolean wide = charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
        if (wide && !hasNul(bytes)) {
            damage.note("The text is not in the charset it names; it was told from the text itself.");
            return detected(bytes, damage);
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            var strict = strictly(bytes, charset);
            return strict != null ? strict : brokenUtf8(bytes, damage);
        }
        // Every byte means something in a one-byte charset, so that only this shows that the name is wrong: hardly any
        // other text is valid UTF-8 by chance.
        if (!wide && hasEightBit(bytes) && isOneByte(charset)) {
            var utf8 = strictly(bytes, StandardCharsets.UTF_8);
            if (utf8 != null) {
                damage.note("The text is not in the charset it names; it was told from the text itself.");
                return utf8;
            }
            if (charset.equals(StandardCharsets.US_ASCII)) {
                damage.note("The text is not in the charset it names; it was told from the text itself.");
                return detected(bytes, damage);
            }
        }
        var strict = strictly(bytes, charset);
        if (strict != null) {
            return strict;
        }
        if (isOneByte(charset)) {
            // A few bytes that the charset leaves undefined.
            return leniently(bytes, charset);
        }
        damage.note("The text is not wholly in the charset it names.");
        var utf8 = strictly(bytes, StandardCharsets.UTF_8);
        return utf8 != null ? utf8 : leniently(bytes, charset);
    }

    /** Some charsets (ISO-2022-CN) can only be read, and have no encoder to ask. */
    private static boolean isOneByte(Charset charset) {
        return charset.canEncode() && charset.newEncoder().maxBytesPerChar() <= 1;
    }

    /** UTF-8 with a few wrong bytes stays UTF-8, and these are read as Windows text; with no right ones, it is something else. */
    private static String brokenUtf8(Slice bytes, Damage damage) {
        int right = 0;
        int wrong = 0;
        for (int i = bytes.from(); i < bytes.to(); ) {
            int length = utf8Length(bytes, i);
            if (length == 0) {
                wrong++;
                i++;
            } else {
                right += length > 1 ? 1 : 0;
                i += length;
            }
        }
        if (right < wrong) {
            damage.note("The text is not in the charset it names; it was told from the text itself.");
            return detected(bytes, damage);
        }
        damage.note("Some bytes of the text are not in the charset it names.");
        return mixed(bytes);
    }

    private static String mixed(Slice bytes) {
        var text = new StringBuilder(bytes.length());
        int run = bytes.from();
        int i = run;
        while (i < bytes.to()) {
            int length = utf8Length(bytes, i);
            if (length > 0) {
                i += length;
                continue;
            }
            text.append(new String(bytes.bytes(), run, i - run, StandardCharsets.UTF_8));
            text.append(new String(bytes.bytes(), i, 1, WINDOWS_1252));
            run = ++i;
        }
        return text.append(new String(bytes.bytes(), run, i - run, StandardCharsets.UTF_8))
                .toString();
    }

    /** How long the UTF-8 sequence at {@code at} is; 0 where there is none. */
    private static int utf8Length(Slice bytes, int at) {
        int lead = bytes.bytes()[at] & 0xff;
        if (lead < 0x80) {
            return 1;
        }
        int length = lead >= 0xf0 && lead <= 0xf4
                ? 4
                : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
        if (length == 0 || at + length > bytes.to()) {
            return 0;
        }
        for (int i = at + 1; i < at + length; i++) {
            if ((bytes.bytes()[i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int second = bytes.bytes()[at + 1] & 0xff;
        boolean overlong = lead == 0xe0 && second < 0xa0 || lead == 0xf0 && second < 0x90;
        boolean outside = lead == 0xed && second >= 0xa0 || lead == 0xf4 && second >= 0x90;
        return overlong || outside ? 0 : length;
    }

    private static String detected(Slice bytes, Damage damage) {
        if (!hasEightBit(bytes) && !hasEscape(bytes) && !hasNul(bytes)) {
            return new String(bytes.bytes(), bytes.from(), bytes.length(), StandardCharsets.US_ASCII);
        }
        var utf8 = hasEightBit(bytes) ? strictly(bytes, StandardCharsets.UTF_8) : null;
        if (utf8 != null) {
            return utf8;
        }
        if (hasEightBit(bytes)) {
            damage.note("The text does not say rightly which charset it is in; a likely one was taken.");
        }
        var likely = likely(bytes);
        var strict = likely == null ? null : strictly(bytes, likely);
        return strict != null ? strict : leniently(bytes, WINDOWS_1252);
    }

    private static @Nullable Charset likely(Slice bytes) {
        int sampled = Math.min(bytes.length(), SAMPLE_BYTES_MAX);
        var detector = new CharsetDetector();
        detector.setText(new Slice(bytes.bytes(), bytes.from(), bytes.from() + sampled).copy());
        for (CharsetMatch match : detector.detectAll()) {
            var charset = named(match.getName());
            if (charset == null || match.getConfidence() < CONFIDENCE_MIN) {
                continue;
            }
            // No mail is in these; the detector sees them in any odd bytes.
            boolean written =
                    !match.getName().startsWith("UTF-32") && !match.getName().startsWith("IBM4");
            if (written && isPlausible(bytes, charset)) {
                return charset;
            }
        }
        return null;
    }

    /** Little of real text is symbols or control characters, or a script that so few bytes could hardly show. */
    private static boolean isPlausible(Slice bytes, Charset charset) {
        var text = strictly(bytes, charset);
        if (text == null) {
            return false;
        }
        int odd = 0;
        int beyondAscii = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                beyondAscii++;
                odd += Character.isLetter(c) || Character.isDigit(c) || isPunctuation(c) ? 0 : 1;
            } else {
                odd += c < ' ' && "\t\n\r\f".indexOf(c) < 0 ? 1 : 0;
            }
        }
        return odd * 5 <= beyondAscii;
    }

    private static boolean isPunctuation(char c) {
        return switch (Character.getType(c)) {
            case Character.DASH_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.CURRENCY_SYMBOL,
                    Character.SPACE_SEPARATOR -> true;
            default -> false;
        };
    }

    private static @Nullable String strictly(Slice bytes, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes.bytes(), bytes.from(), bytes.length()))
                    .toString();
        } catch (CharacterCodingException other) {
            return null;
        }
    }

    private static String leniently(Slice bytes, Charset charset) {
        try {
            CharBuffer text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(bytes.bytes(), bytes.from(), bytes.length()));
            return text.toString();
        } catch (CharacterCodingException impossible) {
            throw new IllegalStateException("A decoder that replaces does not report", impossible);
        }
    }

    private static boolean isPlainAscii(Slice bytes) {
        for (int i = bytes.from(); i < bytes.to(); i++) {
            byte b = bytes.bytes()[i];
            if (b <= 0 || b == 0x1b || b == '~' && bytes.has(i + 1, '{')) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasEightBit(Slice bytes) {
        for (int i = bytes.from(); i < bytes.to(); i++) {
            if (bytes.bytes()[i] < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasEscape(Slice bytes) {
        for (int i = bytes.from(); i < bytes.to(); i++) {
            if (bytes.bytes()[i] == 0x1b) {
                return true;
            }
        }
        return false;
    }

    /** Text of two or four bytes a character has them; other text doesn't, save for a stray one. */
    private static boolean hasNul(Slice bytes) {
        int nuls = 0;
        for (int i = bytes.from(); i < bytes.to(); i++) {
            nuls += bytes.bytes()[i] == 0 ? 1 : 0;
        }
        return nuls * 8 > bytes.length();
    }
}
