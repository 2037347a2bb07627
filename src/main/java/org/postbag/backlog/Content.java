package org.postbag.backlog;

import java.util.ArrayList;
import java.util.List;
import org.postbag.receiving.Receiver;

/** The bytes of a mail as they are found. What is larger than a mail may be is counted and not held. */
final class Content {

    private static final int CHUNK_BYTES = 16 * 1024;
    /** Less than half of what Java's collector sets apart for one object in a small heap: larger ones take twice their size. */
    private static final int LARGE_CHUNK_BYTES = 256 * 1024;

    private final List<byte[]> chunks = new ArrayList<>();
    private int used;
    private long size;
    private boolean isBlank = true;

    void add(byte[] bytes, int from, int length) {
        size += length;
        for (int i = from; isBlank && i < from + length; i++) {
            isBlank = bytes[i] == '\n' || bytes[i] == '\r';
        }
        if (isTooLarge()) {
            chunks.clear();
            return;
        }
        for (int done = 0; done < length; ) {
            if (chunks.isEmpty() || used == chunks.getLast().length) {
                chunks.add(new byte[chunks.isEmpty() ? CHUNK_BYTES : LARGE_CHUNK_BYTES]);
                used = 0;
            }
            var last = chunks.getLast();
            int some = Math.min(length - done, last.length - used);
            System.arraycopy(bytes, from + done, last, used, some);
            used += some;
            done += some;
        }
    }

    long size() {
        return size;
    }

    boolean isTooLarge() {
        return size > Receiver.CONTENT_BYTES_MAX;
    }

    static String tooLarge(long size) {
        return "it has %,d bytes, and a mail may have %,d".formatted(size, Receiver.CONTENT_BYTES_MAX);
    }

    /** Whether it holds nothing but ends of lines. */
    boolean isBlank() {
        return isBlank;
    }

    /** All of it; and begins anew. */
    byte[] take() {
        var all = new byte[isTooLarge() ? 0 : Math.toIntExact(size)];
        int at = 0;
        for (int i = 0; i < chunks.size() && at < all.length; i++) {
            var chunk = chunks.set(i, new byte[0]);
            int some = Math.min(chunk.length, all.length - at);
            System.arraycopy(chunk, 0, all, at, some);
            at += some;
        }
        clear();
        return all;
    }

    void clear() {
        chunks.clear();
        used = 0;
        size = 0;
        isBlank = true;
    }
}
