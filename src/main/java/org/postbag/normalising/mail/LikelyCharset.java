package org.postbag.normalising.mail;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells from bytes which charset they are likely to be text in, where nothing says so or what does is wrong. */
final class LikelyCharset {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int SAMPLE_BYTES_MAX = 65_536;
    private static final int CONFIDENCE_MIN = 30;

    private LikelyCharset() {}

    /** Never fails: what is like nothing is read as Windows text. */
    static String decode(Slice bytes, Damage damage) {
        if (!bytes.hasEightBit() && !bytes.hasEscape() && !Charsets.hasNul(bytes)) {
            return new String(bytes.bytes(), bytes.from(), bytes.length(), StandardCharsets.US_ASCII);
        }
        var utf8 = bytes.hasEightBit() ? Charsets.strictly(bytes, StandardCharsets.UTF_8) : null;
        if (utf8 != null) {
            return utf8;
        }
        if (bytes.hasEightBit()) {
            damage.note("The text does not say rightly which charset it is in; a likely one was taken.");
        }
        var likely = likely(bytes);
        var strict = likely == null ? null : Charsets.strictly(bytes, likely);
        return strict != null ? strict : Charsets.leniently(bytes, WINDOWS_1252);
    }

    private static @Nullable Charset likely(Slice bytes) {
        int sampled = Math.min(bytes.length(), SAMPLE_BYTES_MAX);
        var detector = new CharsetDetector();
        detector.setText(new Slice(bytes.bytes(), bytes.from(), bytes.from() + sampled).copy());
        for (CharsetMatch match : detector.detectAll()) {
            var charset = CharsetNames.named(match.getName());
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
        var text = Charsets.strictly(bytes, charset);
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
}
