package org.postbag.normalising.mail;

import java.nio.charset.StandardCharsets;

/** UTF-7 (RFC 2152), which old mail programs wrote and Java does not know. What is no valid run stays as it stands. */
final class Utf7 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Utf7() {}

    static String decode(Slice bytes) {
        var written = bytes.latin1();
        var text = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c != '+') {
                text.append(c);
                continue;
            }
            int end = i + 1;
            while (end < written.length() && ALPHABET.indexOf(written.charAt(end)) >= 0) {
                end++;
            }
            boolean dash = end < written.length() && written.charAt(end) == '-';
            if (end == i + 1) {
                text.append('+');
                i += dash ? 1 : 0;
            } else {
                appendRun(text, written.substring(i + 1, end));
                i = dash ? end : end - 1;
            }
        }
        return text.toString();
    }

    private static void appendRun(StringBuilder text, String run) {
        var units = new byte[run.length() * 6 / 16 * 2];
        int bits = 0;
        int held = 0;
        int count = 0;
        for (int i = 0; i < run.length() && count < units.length; i++) {
            bits = bits << 6 | ALPHABET.indexOf(run.charAt(i));
            held += 6;
            if (held >= 8) {
                held -= 8;
                units[count++] = (byte) (bits >> held);
            }
        }
        text.append(new String(units, 0, count / 2 * 2, StandardCharsets.UTF_16BE));
    }
}
