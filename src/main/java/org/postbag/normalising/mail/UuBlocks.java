package org.postbag.normalising.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Files written into text between {@code begin 644 name} and {@code end} (POSIX uuencode), as mail programs without MIME send them. */
final class UuBlocks {

    private static final int LINE_BYTES_MAX = 45;
    private static final byte[] BEGIN = "begin ".getBytes(StandardCharsets.US_ASCII);

    private UuBlocks() {}

    /**
     * Hands over each file's name (bytes as Latin-1 characters) and content, and returns the text without them. A block without a proper end or with a line
     * that is no uuencode stays in the text.
     */
    static Slice extract(Slice body, BiConsumer<String, byte[]> files) {
        var lines = new Lines(body);
        var rest = new ByteArrayOutputStream();
        int kept = body.from();
        boolean found = false;
        while (lines.advance()) {
            var name = beginning(lines.slice());
            if (name == null) {
                continue;
            }
            int from = lines.start();
            int resume = lines.next();
            var content = block(lines);
            if (content == null) {
                lines.seek(resume);
                continue;
            }
            files.accept(name, content);
            rest.write(body.bytes(), kept, from - kept);
            kept = lines.next();
            found = true;
        }
        if (!found) {
            return body;
        }
        rest.write(body.bytes(), kept, body.to() - kept);
        return Slice.of(rest.toByteArray());
    }

    private static @Nullable String beginning(Slice line) {
        if (line.length() < 9 || line.bytes()[line.from()] != 'b') {
            return null;
        }
        for (int i = 0; i < BEGIN.length; i++) {
            if (line.bytes()[line.from() + i] != BEGIN[i]) {
                return null;
            }
        }
        var text = line.latin1();
        int space = text.indexOf(' ', BEGIN.length);
        var mode = text.substring(BEGIN.length, space < 0 ? text.length() : space);
        return mode.matches("[0-7]{3,4}")
                ? text.substring(BEGIN.length + mode.length()).strip()
                : null;
    }

    private static byte @Nullable [] block(Lines lines) {
        var content = new ByteArrayOutputStream();
        while (lines.advance()) {
            var line = lines.slice();
            if (line.length() == 3 && line.latin1().equals("end")) {
                return content.toByteArray();
            }
            if (!decodeLine(line, content)) {
                return null;
            }
        }
        return null;
    }

    private static boolean decodeLine(Slice line, ByteArrayOutputStream content) {
        if (line.isEmpty()) {
            return true;
        }
        int length = line.bytes()[line.from()] - ' ' & 63;
        int first = line.bytes()[line.from()];
        int needed = (length + 2) / 3 * 4;
        // Trailing spaces, which stand for zeros, may have been cut off.
        if (first < ' ' || first > '`' || length > LINE_BYTES_MAX || line.length() - 1 > needed + 2) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int group = line.from() + 1 + i / 3 * 4;
            int bits = sextet(line, group) << 18
                    | sextet(line, group + 1) << 12
                    | sextet(line, group + 2) << 6
                    | sextet(line, group + 3);
            content.write(bits >> 16 - i % 3 * 8);
        }
        return true;
    }

    private static int sextet(Slice line, int at) {
        return at < line.to() ? line.bytes()[at] - ' ' & 63 : 0;
    }
}
