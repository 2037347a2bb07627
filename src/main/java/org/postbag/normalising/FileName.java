package org.postbag.normalising;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the name that a stranger gave a file safe to show and to save. */
public final class FileName {

    private static final int LENGTH_MAX = 150;
    private static final int EXTENSION_LENGTH_MAX = 12;

    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("text/plain", ".txt"),
            Map.entry("text/html", ".html"),
            Map.entry("text/csv", ".csv"),
            Map.entry("text/calendar", ".ics"),
            Map.entry("text/vcard", ".vcf"),
            Map.entry("text/x-vcard", ".vcf"),
            Map.entry("image/jpeg", ".jpg"),
            Map.entry("image/png", ".png"),
            Map.entry("image/gif", ".gif"),
            Map.entry("image/tiff", ".tif"),
            Map.entry("image/heic", ".heic"),
            Map.entry("application/pdf", ".pdf"),
            Map.entry("application/msword", ".doc"),
            Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
            Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
            Map.entry("application/zip", ".zip"),
            Map.entry("application/pgp-signature", ".asc"),
            Map.entry("application/pkcs7-signature", ".p7s"),
            Map.entry("application/x-pkcs7-signature", ".p7s"),
            Map.entry("application/ms-tnef", ".dat"),
            Map.entry("application/vnd.ms-outlook", ".msg"),
            Map.entry("message/rfc822", ".eml"));

    private FileName() {}

    /**
     * The name without path, control characters or characters that turn the direction of writing (which hide an extension); never empty.
     *
     * @param written as given, or null
     * @param number the file's place in its item, from 1, for one without a name
     */
    public static String of(@Nullable String written, String type, int number) {
        var name = written == null ? "" : shortened(tidied(written));
        return name.isEmpty() ? "attachment-" + number + EXTENSIONS.getOrDefault(type, "") : name;
    }

    /** The type that a name's ending stands for, or that of any bytes. */
    public static String type(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return EXTENSIONS.entrySet().stream()
                .filter(entry -> lower.endsWith(entry.getValue()))
                .map(Map.Entry::getKey)
                .min(Comparator.naturalOrder())
                .orElse("application/octet-stream");
    }

    private static String tidied(String written) {
        int path = Math.max(written.lastIndexOf('/'), written.lastIndexOf('\\'));
        var name = new StringBuilder();
        Normalizer.normalize(written.substring(path + 1), Normalizer.Form.NFC)
                .codePoints()
                .forEach(c -> {
                    int type = Character.getType(c);
                    boolean unseen = type == Character.CONTROL
                            || type == Character.FORMAT
                            || type == Character.SURROGATE
                            || type == Character.LINE_SEPARATOR
                            || type == Character.PARAGRAPH_SEPARATOR;
                    if (!unseen) {
                        name.appendCodePoint(c);
                    }
                });
        var tidied = name.toString().strip();
        return tidied.chars().allMatch(c -> c == '.' || c == ' ') ? "" : tidied;
    }

    /** The extension stays, since it says what the file is. */
    private static String shortened(String name) {
        if (name.length() <= LENGTH_MAX) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        var extension = dot > 0 && name.length() - dot <= EXTENSION_LENGTH_MAX ? name.substring(dot) : "";
        int end = LENGTH_MAX - extension.length();
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + extension;
    }
}
