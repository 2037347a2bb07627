package org.postbag.normalising.mail;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.FileName;

/** Files written into text between {@code begin 644 name} and {@code end} (POSIX uuencode), as mail programs without MIME send them. */
final class UuBlocks {

    private static final int LINE_BYTES_MAX = 45;
    private static final String BEGIN = "begin ";

    private UuBlocks() {}

    static boolean begins(Slice line) {
        return line.startsWith(BEGIN) && mode(line.latin1()).matches("[0-7]{3,4}");
    }

    /** A block without a proper end or with a line that is no uuencode is none. */
    static FilesInText.@Nullable File read(Lines lines) {
        var first = lines.slice().latin1();
        var name = first.substring(BEGIN.length() + mode(first).length()).strip();
        var content = new ByteArrayOutputStream();
        while (lines.advance()) {
            var line = lines.slice();
            if (line.length() == 3 && line.latin1().equals("end")) {
                return new FilesInText.File(name, FileName.type(name), content.toByteArray());
            }
            if (!decodeLine(line, content)) {
                return null;
            }
        }
        return null;
    }

    /** The word after "begin". */
    private static String mode(String line) {
        int space = line.indexOf(' ', BEGIN.length());
        return line.substring(BEGIN.length(), space < 0 ? line.length() : space);
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
