package org.postbag.normalising.mail;

import org.jspecify.annotations.Nullable;

/** What PGP armours in plain text (RFC 9580, 6.2 and 7): encrypted messages, keys and signatures, none of which says anything to a reader. */
final class PgpBlocks {

    static final String SIGNATURE = "application/pgp-signature";
    static final String ENCRYPTED = "application/pgp-encrypted";

    private static final String BEGIN = "-----BEGIN PGP ";
    private static final String END = "-----END PGP ";
    private static final String SIGNED_MESSAGE = BEGIN + "SIGNED MESSAGE-----";
    private static final int LINE_LENGTH_MAX = 100;
    private static final int HEAD_LINES_MAX = 20;

    private PgpBlocks() {}

    static boolean begins(Slice line) {
        return line.startsWith(BEGIN) && !beginsSigned(line);
    }

    static boolean beginsSigned(Slice line) {
        return line.startsWith(SIGNED_MESSAGE);
    }

    /** Where the text begins that a signature covers: after the lines that say how it was hashed, and an empty one. */
    static int afterHead(Lines lines) {
        int from = lines.next();
        for (int i = 0; i < HEAD_LINES_MAX && lines.advance(); i++) {
            if (lines.isBlank()) {
                return lines.next();
            }
            if (Headers.name(lines.slice()) == null) {
                return from;
            }
        }
        return from;
    }

    static FilesInText.@Nullable File read(Lines lines) {
        int from = lines.start();
        var kind = lines.slice().latin1();
        while (lines.advance()) {
            var line = lines.slice();
            if (line.startsWith(END)) {
                return file(kind, new Slice(line.bytes(), from, lines.stop()));
            }
            // Armour has short lines; and another beginning means that this block was cut off.
            if (line.length() > LINE_LENGTH_MAX || line.startsWith(BEGIN)) {
                return null;
            }
        }
        return null;
    }

    private static FilesInText.File file(String kind, Slice block) {
        if (kind.startsWith(BEGIN + "SIGNATURE")) {
            return new FilesInText.File("signature.asc", SIGNATURE, block.copy());
        }
        if (kind.startsWith(BEGIN + "MESSAGE")) {
            return new FilesInText.File("encrypted.asc", ENCRYPTED, block.copy());
        }
        return new FilesInText.File("key.asc", "application/pgp-keys", block.copy());
    }
}
