package org.postbag.normalising.mail;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a file in the Cryptographic Message Syntax (RFC 5652), which S/MIME wraps messages in, as far as its content: past a signature, which isn't
 * checked, and through compression (RFC 3274). Walks the few elements on that way, whether they say how long they are or are closed by a mark (BER).
 */
final class CmsFile {

    private static final int INFLATED_BYTES_MAX = 10 * 1024 * 1024;
    private static final int LEVELS_MAX = 20;

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int OBJECT_ID = 0x06;
    private static final int OCTETS = 0x04;
    private static final int OCTETS_IN_PIECES = 0x24;
    private static final int TAGGED_0 = 0xa0;

    private static final String SIGNED = "2a864886f70d010702";
    private static final String ENVELOPED = "2a864886f70d010703";
    private static final String ENCRYPTED = "2a864886f70d010706";
    private static final String AUTHENTICATED = "2a864886f70d0109100117";
    private static final String COMPRESSED = "2a864886f70d0109100109";

    private static final String CUT_OFF =
            "A part that was signed or compressed is cut off; what there is of it was read.";
    private static final String TOO_LARGE =
            "A compressed part is larger than is read; the rest of it is in the raw message.";

    private final Damage damage;
    private final byte[] bytes;
    private final int end;
    private int at;

    private CmsFile(Slice file, Damage damage) {
        this.damage = damage;
        this.bytes = file.bytes();
        this.at = file.from();
        this.end = file.to();
    }

    /** What the file turned out to be. */
    sealed interface Content {}

    record Readable(Slice content) implements Content {}

    record Locked() implements Content {}

    /** Null where the file is of another kind, or too damaged to tell. */
    static @Nullable Content read(Slice file, Damage damage) {
        var cms = new CmsFile(file, damage);
        if (!cms.enter(SEQUENCE)) {
            return null;
        }
        return switch (cms.objectId()) {
            case ENVELOPED, ENCRYPTED, AUTHENTICATED -> new Locked();
            case SIGNED -> cms.signed();
            case COMPRESSED -> cms.compressed();
            default -> null;
        };
    }

    private @Nullable Content signed() {
        boolean found = enter(TAGGED_0) && enter(SEQUENCE) && skip(INTEGER) && skip(SET);
        var content = found ? encapsulated() : null;
        return content == null ? null : new Readable(content);
    }

    private @Nullable Content compressed() {
        boolean found = enter(TAGGED_0) && enter(SEQUENCE) && skip(INTEGER) && skip(SEQUENCE);
        var content = found ? encapsulated() : null;
        return content == null ? null : new Readable(inflated(content));
    }

    private @Nullable Slice encapsulated() {
        if (!enter(SEQUENCE) || objectId().isEmpty() || !enter(TAGGED_0)) {
            return null;
        }
        var content = new ByteArrayOutputStream();
        octets(content, end, 0);
        return content.size() == 0 ? null : Slice.of(content.toByteArray());
    }

    /** All octet strings from here up to {@code limit}, or up to the mark that closes them; of a file that was cut off, as much as there is. */
    private void octets(ByteArrayOutputStream content, int limit, int level) {
        while (at < limit) {
            int tag = bytes[at] & 0xff;
            int from = at;
            long length = header();
            if (tag == OCTETS && length >= 0) {
                int to = (int) Math.min(limit, at + length);
                if (to < at + length) {
                    damage.note(CUT_OFF);
                }
                content.write(bytes, at, to - at);
                at = to;
            } else if (tag == OCTETS_IN_PIECES && level < LEVELS_MAX) {
                octets(content, length < 0 ? limit : (int) Math.min(limit, at + length), level + 1);
            } else {
                // The end mark, or what comes after the content.
                at = tag == 0 ? at : from;
                return;
            }
            if (level == 0) {
                return;
            }
        }
    }

    /** Goes into an element of the given kind. */
    private boolean enter(int tag) {
        if (at >= end || (bytes[at] & 0xff) != tag) {
            return false;
        }
        header();
        return at < end;
    }

    /** Goes past an element of the given kind. */
    private boolean skip(int tag) {
        if (at >= end || (bytes[at] & 0xff) != tag) {
            return false;
        }
        int open = 0;
        do {
            boolean mark = bytes[at] == 0;
            long length = header();
            if (mark) {
                open--;
            } else if (length < 0) {
                open++;
            } else {
                at = (int) Math.min(end, at + length);
            }
        } while (open > 0 && at < end);
        return at < end;
    }

    /** The bytes of an object identifier in hexadecimal; empty where there is none. */
    private String objectId() {
        if (at >= end || bytes[at] != OBJECT_ID) {
            return "";
        }
        long length = header();
        if (length < 0 || length > 30 || at + length > end) {
            return "";
        }
        int from = at;
        at += (int) length;
        return HexFormat.of().formatHex(bytes, from, at);
    }

    /** Goes past kind and length of an element; returns the length, or -1 for one that a mark closes. */
    private long header() {
        at++;
        if (at >= end) {
            return 0;
        }
        int first = bytes[at++] & 0xff;
        if (first < 0x80) {
            return first;
        }
        long length = first == 0x80 ? -1 : 0;
        for (int i = first & 0x7f; i > 0 && at < end; i--) {
            // What claims more than any file holds ends with the file.
            length = Math.min(Integer.MAX_VALUE, length << 8 | bytes[at++] & 0xff);
        }
        return length;
    }

    private Slice inflated(Slice content) {
        var out = new ByteArrayOutputStream();
        var buffer = new byte[16_384];
        try (var inflater = new Inflater()) {
            inflater.setInput(content.bytes(), content.from(), content.length());
            int count = 1;
            while (count > 0 && out.size() < INFLATED_BYTES_MAX) {
                count = inflater.inflate(buffer);
                out.write(buffer, 0, count);
            }
        } catch (DataFormatException broken) {
            // What came before the damage is still content.
            damage.note(CUT_OFF);
        }
        if (out.size() >= INFLATED_BYTES_MAX) {
            damage.note(TOO_LARGE);
        }
        return Slice.of(out.toByteArray());
    }
}
