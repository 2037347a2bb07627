package org.postbag.receiving;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What makes an item the same item when it comes again. Pure. The external ids made here may hold personal data and are never stored: only their keyed
 * hash is, the {@link ReceiptId}.
 */
public final class Identity {

    private Identity() {}

    /**
     * A mail: by Message-ID, From, Date, Subject and body. Trace headers, and how lines end, don't count, so a mail that is moved, delivered again or
     * renumbered is known, and another text under a stolen Message-ID isn't. A mail without any of these headers is known by all of its bytes.
     */
    public static Arrival mail(String route, Direction direction, byte[] raw) {
        var headers = MailHeaders.of(raw);
        // A copy of what we sent that came to the mailbox is an item of its own: it says nothing of who sent it.
        var id = new Parts().add(direction == Direction.OUTBOUND ? "sent mail" : "mail");
        for (String name : MailHeaders.IDENTIFYING) {
            id.add(headers.value(name));
        }
        id.add(headers.isEmpty() ? lines(raw, 0) : lines(raw, headers.bodyAt()));
        return new Arrival(Channel.EMAIL, direction, route, id.bytes(), null, null, null, null, raw);
    }

    /** A form: by the key that its page carries and what it holds. */
    public static Arrival form(String route, String key, byte[] content) {
        var id = new Parts().add("form").add(key).add(sha256(content));
        return new Arrival(Channel.WEB_FORM, Direction.INBOUND, route, id.bytes(), null, null, null, null, content);
    }

    /**
     * What staff noted by hand: by the key that its page carries and what it holds, so that the same page sent twice is one item, and another content under a
     * key is a correction in the same series.
     */
    public static Arrival byHand(String route, String key, byte[] content) {
        var id = new Parts().add("by-hand").add(key).add(sha256(content));
        var series = key.isEmpty() ? null : key;
        return new Arrival(Channel.BY_HAND, Direction.INBOUND, route, id.bytes(), series, null, null, null, content);
    }

    /**
     * A row of an export: by the source's id of the call or message and the content, so that another content under a known id is a correction in the same series; without
     * an id, by the content and its place among equal rows.
     *
     * @param place how many rows before it in the same file are equal to it
     */
    public static Arrival row(
            Channel channel,
            String route,
            Direction direction,
            @Nullable String sourceId,
            int place,
            String profile,
            @Nullable String sourceFile,
            int sourceRow,
            byte[] content) {
        var id = new Parts().add("call");
        if (sourceId != null) {
            id.add("id").add(sourceId).add(sha256(content));
        } else {
            id.add("row").add(Integer.toString(place)).add(sha256(content));
        }
        return new Arrival(channel, direction, route, id.bytes(), sourceId, profile, sourceFile, sourceRow, content);
    }

    /**
     * What someone did on a platform: by what it was (a message, an edit, a reaction, ...) and the platform's id of it, so that a call that is made again
     * brings the same item, however its links are signed by then.
     *
     * @param series the id of the message that it is, changes or takes back, else null
     */
    public static Arrival message(
            Channel channel,
            Direction direction,
            String route,
            String event,
            String id,
            @Nullable String series,
            byte[] content) {
        var key = new Parts().add("message").add(event).add(id);
        return new Arrival(channel, direction, route, key.bytes(), series, null, null, null, content);
    }

    /**
     * A letter of a batch that was scanned: by the whole file and its pages in it, so that the same file is known under any name.
     *
     * @param file SHA-256 of the file that it was cut from
     * @param from its first page, from 0, and {@code to} behind its last
     * @param number which letter of the file it is, from 1
     */
    public static Arrival letter(
            String route, byte[] file, int from, int to, String sourceFile, int number, byte[] content) {
        var id = new Parts().add("letter").add(file).add(from + "-" + to);
        return new Arrival(
                Channel.LETTER, Direction.INBOUND, route, id.bytes(), null, null, sourceFile, number, content);
    }

    /** The hash of a mail's lines from an offset on, however they end; empty lines at the end don't count. */
    private static byte[] lines(byte[] raw, int from) {
        var lines = new byte[raw.length - from + 1];
        int length = 0;
        int emptyLines = 0;
        int at = from;
        while (at < raw.length) {
            int end = at;
            while (end < raw.length && raw[end] != '\n' && raw[end] != '\r') {
                end++;
            }
            if (end == at) {
                emptyLines++;
            } else {
                for (; emptyLines > 0; emptyLines--) {
                    lines[length++] = '\n';
                }
                System.arraycopy(raw, at, lines, length, end - at);
                length += end - at;
                lines[length++] = '\n';
            }
            at = end + (end + 1 < raw.length && raw[end] == '\r' && raw[end + 1] == '\n' ? 2 : 1);
        }
        // In one call: a hash is slow in many small ones.
        var digest = digest();
        digest.update(lines, 0, length);
        return digest.digest();
    }

    static byte[] sha256(byte[] bytes) {
        return digest().digest(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Parts in a row, each behind its length, so that no two lists of parts give the same bytes. */
    static final class Parts {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Parts add(String text) {
            return add(text.getBytes(StandardCharsets.UTF_8));
        }

        Parts add(byte[] part) {
            bytes.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            bytes.writeBytes(part);
            return this;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
