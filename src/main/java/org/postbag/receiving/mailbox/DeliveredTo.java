package org.postbag.receiving.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * To which address a mail was delivered, as far as the body's own server wrote it on top of the mail: above the first line of its way ({@code Received}). What
 * stands below that came with the mail and may be forged.
 */
final class DeliveredTo {

    private static final Set<String> HEADERS =
            Set.of("delivered-to", "x-original-to", "x-delivered-to", "envelope-to", "x-envelope-to");

    private static final int TOP_BYTES_MAX = 16 * 1024;

    private DeliveredTo() {}

    /** Whether it was delivered to this address. */
    static boolean is(byte[] mail, String address) {
        var top = new String(mail, 0, Math.min(mail.length, TOP_BYTES_MAX), StandardCharsets.ISO_8859_1);
        boolean found = false;
        for (var line : top.split("\r?\n")) {
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                return false;
            }
            if (colon < 1 || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                continue;
            }
            var name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (name.equals("received")) {
                return found;
            }
            found |= HEADERS.contains(name) && bare(line.substring(colon + 1)).equals(bare(address));
        }
        return false;
    }

    private static String bare(String address) {
        var bare = address.strip().toLowerCase(Locale.ROOT);
        return bare.startsWith("<") && bare.endsWith(">") ? bare.substring(1, bare.length() - 1) : bare;
    }
}
