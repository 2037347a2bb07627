package org.postbag.enquiries;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The one place where text of outside content is made fit for the database: no NUL, no half of a surrogate pair, and not longer than it may be. */
final class CleanText {

    private static final char REPLACEMENT = '\uFFFD';

    private CleanText() {}

    static String of(String text, int lengthMax) {
        int end = Math.min(text.length(), lengthMax);
        if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        @Nullable StringBuilder cleaned = null;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                if (cleaned != null) {
                    cleaned.append(c).append(text.charAt(i + 1));
                }
                i++;
            } else if (c == '\0' || Character.isSurrogate(c)) {
                if (cleaned == null) {
                    cleaned = new StringBuilder(end).append(text, 0, i);
                }
                cleaned.append(REPLACEMENT);
            } else if (cleaned != null) {
                cleaned.append(c);
            }
        }
        return cleaned != null ? cleaned.toString() : text.substring(0, end);
    }

    static @Nullable String ofNullable(@Nullable String text, int lengthMax) {
        return text == null ? null : of(text, lengthMax);
    }

    /** A key of any length as one that an index can hold: itself, or where it is long its SHA-256. */
    static String key(String key, int lengthMax) {
        if (key.length() <= lengthMax) {
            return of(key, lengthMax);
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
