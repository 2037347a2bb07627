package org.postbag.normalising.mail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Turns bytes into text by the charset that a message declares, or by what the bytes show where it declares none, an unknown or a wrong one. */
final class Charsets {

    private static final String WRONG = "The text is not in the charset it names; it was told from the text itself.";

    /** With one wrong character in so many, the name of the charset is wrong and not the text. */
    private static final int REPLACED_RATIO_MIN = 20;

    private Charsets() {}

    /**
     * Never fails: bytes that fit nothing become U+FFFD.
     *
     * @param declared the charset's name as written, or null
     */
    static String decode(Slice bytes, @Nullable String declared, Damage damage) {
        var name = declared == null ? "" : CharsetNames.cleaned(declared);
        var rare = name.isEmpty() ? null : RareCharsets.decode(bytes, name);
        if (rare != null) {
            return rare;
        }
        if (isPlainAscii(bytes)) {
            return new String(bytes.bytes(), bytes.from(), bytes.length(), StandardCharsets.US_ASCII);
        }
        var charset = CharsetNames.named(name);
        if (charset == null) {
            if (!name.isEmpty()) {
                damage.note("The text names a charset that does not exist; it was told from the text itself.");
            }
            return LikelyCharset.decode(bytes, damage);
        }
        var text = declared(bytes, charset, damage);
        return charset.name().equals("ISO-8859-8") ? VisualHebrew.logical(text) : text;
    }

    private static String declared(Slice bytes, Charset charset, Damage damage) {
        boolean wide = charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
        if (wide && !hasNul(bytes)) {
            damage.note(WRONG);
            return LikelyCharset.decode(bytes, damage);
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            var strict = strictly(bytes, charset);
            return strict != null ? strict : brokenUtf8(bytes, damage);
        }
        if (isOneByte(charset) && isOther(bytes, charset)) {
            damage.note(WRONG);
            return LikelyCharset.decode(bytes, damage);
        }
        var strict = strictly(bytes, charset);
        if (strict != null) {
            return strict;
        }
        if (isOneByte(charset)) {
            // A few bytes that the charset leaves undefined.
            return leniently(bytes, charset);
        }
        var utf8 = strictly(bytes, StandardCharsets.UTF_8);
        var text = utf8 != null ? utf8 : leniently(bytes, charset);
        if (replaced(text) * REPLACED_RATIO_MIN > text.length()) {
            damage.note(WRONG);
            return LikelyCharset.decode(bytes, damage);
        }
        damage.note("The text is not wholly in the charset it names.");
        return text;
    }

    /** Every byte means something in a one-byte charset, so that only this shows that the name is wrong: hardly any other text is valid UTF-8, or goes over to another script, by chance. */
    private static boolean isOther(Slice bytes, Charset charset) {
        return bytes.hasEightBit()
                ? charset.equals(StandardCharsets.US_ASCII) || strictly(bytes, StandardCharsets.UTF_8) != null
                : bytes.hasEscape();
    }

    private static long replaced(String text) {
        return text.chars().filter(c -> c == '\ufffd').count();
    }

    /** Some charsets (ISO-2022-CN) can only be read, and have no encoder to ask. */
    private static boolean isOneByte(Charset charset) {
        return charset.canEncode() && charset.newEncoder().maxBytesPerChar() <= 1;
    }

    /** UTF-8 with a few wrong bytes stays UTF-8, and these are read as Windows text; with no right ones, it is something else. */
    private static String brokenUtf8(Slice bytes, Damage damage) {
        if (!Utf8.isMostly(bytes)) {
            damage.note(WRONG);
            return LikelyCharset.decode(bytes, damage);
        }
        damage.note("Some bytes of the text are not in the charset it names.");
        return Utf8.mixed(bytes);
    }

    static @Nullable String strictly(Slice bytes, Charset charset) {
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

    static String leniently(Slice bytes, Charset charset) {
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
            if (b <= 0 || b == 0x1b) {
                return false;
            }
        }
        return true;
    }

    /** Text of two or four bytes a character has them; other text doesn't, save for a stray one. */
    static boolean hasNul(Slice bytes) {
        int nuls = 0;
        for (int i = bytes.from(); i < bytes.to(); i++) {
            nuls += bytes.bytes()[i] == 0 ? 1 : 0;
        }
        return nuls * 8 > bytes.length();
    }
}
