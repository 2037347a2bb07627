package org.postbag.enquiries.web;

import java.nio.charset.StandardCharsets;

/**
 * The Content-Disposition of a download (RFC 6266): the name for every client in {@code filename} as plain ASCII, and in {@code filename*} (RFC 8187)
 * as it was written. A name comes from outside: what could end the header, change the folder or turn the writing direction (to make
 * {@code exe.fdp} read {@code pdf.exe} backwards) is taken out.
 */
final class DownloadName {

    private static final int LENGTH_MAX = 120;
    private static final String ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~";

    private DownloadName() {}

    static String disposition(String written) {
        var name = clean(written);
        return "attachment; filename=\"" + ascii(name) + "\"; filename*=UTF-8''" + encoded(name);
    }

    /** The name as a page shows it: what it is saved under. */
    static String clean(String written) {
        var name = new StringBuilder();
        written.codePoints()
                .filter(c -> !Character.isISOControl(c)
                        && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.SURROGATE)
                .map(c -> "\\/:*?\"<>|".indexOf(c) >= 0 ? '_' : c)
                .forEach(name::appendCodePoint);
        var text = name.toString().strip().replaceAll("^\\.+", "");
        if (text.isEmpty()) {
            return "file";
        }
        // The end is kept, since it says what the file is.
        int from = text.length() <= LENGTH_MAX
                ? 0
                : text.offsetByCodePoints(
                        text.length(), -text.codePointCount(text.length() - LENGTH_MAX, text.length()));
        return text.substring(from);
    }

    private static String ascii(String name) {
        return name.replaceAll("[^A-Za-z0-9._ ()-]", "_");
    }

    private static String encoded(String name) {
        var text = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || ATTRIBUTE_CHARACTERS.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append(String.format("%%%02X", (int) c));
            }
        }
        return text.toString();
    }
}
