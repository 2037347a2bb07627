package org.postbag.normalising.mail;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.FileName;

/** Files written into text in yEnc (draft of 2002, version 1.3): each byte 42 further on, between {@code =ybegin} and {@code =yend}. */
final class YencBlocks {

    private static final String BEGIN = "=ybegin ";
    private static final String NAME = " name=";
    private static final int SHIFT = 42;
    private static final int ESCAPED_SHIFT = 64;

    private YencBlocks() {}

    static boolean begins(Slice line) {
        return line.startsWith(BEGIN) && line.latin1().contains(NAME);
    }

    static FilesInText.@Nullable File read(Lines lines) {
        var first = lines.slice().latin1();
        var name = first.substring(first.indexOf(NAME) + NAME.length()).strip();
        var content = new ByteArrayOutputStream();
        while (lines.advance()) {
            var line = lines.slice();
            if (line.startsWith("=yend")) {
                return new FilesInText.File(name, FileName.type(name), content.toByteArray());
            }
            if (line.startsWith(BEGIN)) {
                return null;
            }
            if (!line.startsWith("=ypart ")) {
                decodeLine(line, content);
            }
        }
        return null;
    }

    private static void decodeLine(Slice line, ByteArrayOutputStream content) {
        for (int i = line.from(); i < line.to(); i++) {
            int b = line.bytes()[i];
            if (b == '=' && i + 1 < line.to()) {
                b = line.bytes()[++i] - ESCAPED_SHIFT;
            }
            content.write(b - SHIFT);
        }
    }
}
