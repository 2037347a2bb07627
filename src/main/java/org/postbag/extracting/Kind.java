package org.postbag.extracting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a file is, told by its first bytes, whatever its name says. */
public enum Kind {
    PDF("application/pdf", ".pdf"),
    TIFF("image/tiff", ".tif"),
    JPEG("image/jpeg", ".jpg"),
    PNG("image/png", ".png"),
    GIF("image/gif", ".gif"),
    BMP("image/bmp", ".bmp");

    /** How far into a file its signature is looked for: a PDF may have other bytes first (ISO 32000-1, annex H.3.4.1). */
    private static final int BEGINNING_BYTES = 1024;

    private static final int ENDING_BYTES = 1024;

    private static final Set<String> ENDINGS = Set.of("pdf", "tif", "tiff", "jpg", "jpeg", "png", "gif", "bmp");

    private final String type;
    private final String extension;

    Kind(String type, String extension) {
        this.type = type;
        this.extension = extension;
    }

    /** The media type. */
    public String type() {
        return type;
    }

    /** How a file of this kind is named, with its dot. */
    public String extension() {
        return extension;
    }

    /** Whether a file calls itself one of these, by its media type or its name. Its content may say otherwise. */
    public static boolean isSaid(String type, String name) {
        var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ENDINGS.contains(ending) || Arrays.stream(values()).anyMatch(kind -> kind.type.equals(type));
    }

    /** Empty for what isn't a scan. */
    public static Optional<Kind> of(byte[] content) {
        var text = new String(content, 0, Math.min(content.length, BEGINNING_BYTES), StandardCharsets.ISO_8859_1);
        if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
            return Optional.of(TIFF);
        }
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (text.startsWith("GIF8")) {
            return Optional.of(GIF);
        }
        if (text.startsWith("BM") && content.length > 26) {
            return Optional.of(BMP);
        }
        return text.contains("%PDF-") ? Optional.of(PDF) : Optional.empty();
    }

    /** Whether what calls itself text can be none, since it begins as a scan, an office document or an archive does. */
    public static boolean isNoText(byte[] content) {
        var kind = of(content);
        // A text may begin with BM, and may speak of PDF.
        boolean scan = kind.isPresent() && kind.get() != BMP && kind.get() != PDF;
        return scan
                || OfficeText.isOne(content)
                || new String(content, 0, Math.min(content.length, 5), StandardCharsets.ISO_8859_1).equals("%PDF-");
    }

    /** Whether a file's end is there, as far as its kind tells. A copy that is still written has none yet. */
    public static boolean endsWhole(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            var first = java.nio.ByteBuffer.allocate(BEGINNING_BYTES);
            channel.read(first);
            var last = java.nio.ByteBuffer.allocate(ENDING_BYTES);
            channel.position(Math.max(0, channel.size() - ENDING_BYTES)).read(last);
            var end = new String(last.array(), 0, last.position(), StandardCharsets.ISO_8859_1);
            return switch (of(Arrays.copyOf(first.array(), first.position())).orElse(TIFF)) {
                case PDF -> end.contains("%%EOF");
                case JPEG -> end.contains("\u00ff\u00d9");
                case PNG -> end.contains("IEND");
                case TIFF, GIF, BMP -> true;
            };
        }
    }
}
