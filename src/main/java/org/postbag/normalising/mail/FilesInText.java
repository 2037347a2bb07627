package org.postbag.normalising.mail;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes files out of a plain text that programs without MIME, or beside it, put there: uuencode, yEnc, BinHex, and what PGP armours. A block that isn't
 * whole stays in the text. Clear-signed text (RFC 9580, 7) is left without its armour.
 */
final class FilesInText {

    private final Lines lines;
    private final Slice body;
    private final Consumer<File> files;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private int kept;
    private boolean signed;

    private FilesInText(Slice body, Consumer<File> files) {
        this.body = body;
        this.lines = new Lines(body);
        this.files = files;
        this.kept = body.from();
    }

    /** @param name bytes as Latin-1 characters, maybe empty */
    record File(String name, String type, byte[] content) {}

    /** A way to write a file into text. */
    private interface Format {
        /** The file whose first line the walk is at, which then is at its last; null where it is none, wherever the walk then is. */
        @Nullable
        File read(Lines lines);
    }

    /** Hands over each file, and returns the text without them. */
    static Slice extract(Slice body, Consumer<File> files) {
        return new FilesInText(body, files).extract();
    }

    private Slice extract() {
        while (lines.advance()) {
            var line = lines.slice();
            var format = format(line);
            if (format != null) {
                take(format);
            } else if (PgpBlocks.beginsSigned(line)) {
                signed = true;
                drop(lines.start(), PgpBlocks.afterHead(lines.from(lines.next())));
                lines.seek(kept);
            } else if (signed && line.has(line.from(), '-') && line.has(line.from() + 1, ' ')) {
                drop(lines.start(), lines.start() + 2);
            }
        }
        if (kept == body.from()) {
            return body;
        }
        rest.write(body.bytes(), kept, body.to() - kept);
        return Slice.of(rest.toByteArray());
    }

    private @Nullable Format format(Slice line) {
        if (line.length() < 9) {
            return null;
        }
        return switch (line.bytes()[line.from()]) {
            case 'b' -> UuBlocks.begins(line) ? UuBlocks::read : null;
            case '=' -> YencBlocks.begins(line) ? YencBlocks::read : null;
            case '(' -> BinHexBlocks.begins(line) ? BinHexBlocks::read : null;
            case '-' -> PgpBlocks.begins(line) ? PgpBlocks::read : null;
            default -> null;
        };
    }

    private void take(Format format) {
        int from = lines.start();
        int resume = lines.next();
        var file = format.read(lines);
        if (file == null) {
            lines.seek(resume);
            return;
        }
        files.accept(file);
        drop(from, lines.next());
        signed &= !file.type().equals(PgpBlocks.SIGNATURE);
    }

    private void drop(int from, int to) {
        rest.write(body.bytes(), kept, from - kept);
        kept = to;
    }
}
