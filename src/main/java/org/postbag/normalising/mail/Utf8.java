package org.postbag.normalising.mail;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** UTF-8 (RFC 3629) in which some bytes are wrong. */
final class Utf8 {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private Utf8() {}

    /** True where more characters beyond ASCII are right than bytes are wrong. */
    static boolean isMostly(Slice bytes) {
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
        return right >= wrong;
    }

    /** The text, with wrong bytes read as Windows text. */
    static String mixed(Slice bytes) {
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
}
