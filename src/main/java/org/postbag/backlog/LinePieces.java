package org.postbag.backlog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A stream in lines, where a long line comes in pieces, so that no line needs more memory than another. */
final class LinePieces {

    private static final int PIECE_BYTES_MAX = 8 * 1024;
    private static final int BUFFER_BYTES = 256 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private int length;
    private int textLength;
    private long position;
    private boolean ended;
    private boolean opensLine;
    private boolean endsLine = true;
    private final boolean carriageReturnEnds;

    LinePieces(InputStream in) throws IOException {
        this.in = in;
        fill(PIECE_BYTES_MAX);
        this.carriageReturnEnds = firstEndIsCarriageReturn();
    }

    /** Lines end as the first of them does: with a lone CR only where that one does. */
    private boolean firstEndIsCarriageReturn() {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                return false;
            }
            if (buffer[i] == '\r') {
                return i + 1 < to && buffer[i + 1] != '\n';
            }
        }
        return false;
    }

    /** Goes to the next piece; false after the last. */
    boolean next() throws IOException {
        from += length;
        position += length;
        length = 0;
        fill(PIECE_BYTES_MAX + 1);
        if (from == to) {
            return false;
        }
        opensLine = endsLine;
        int limit = Math.min(from + PIECE_BYTES_MAX, to);
        for (int i = from; i < limit; i++) {
            if (buffer[i] == '\n') {
                return piece(i + 1, i > from && buffer[i - 1] == '\r' ? i - 1 : i, true);
            }
            if (carriageReturnEnds && buffer[i] == '\r') {
                return piece(i + 1 < to && buffer[i + 1] == '\n' ? i + 2 : i + 1, i, true);
            }
        }
        return piece(limit, limit, false);
    }

    private boolean piece(int end, int textEnd, boolean isLineEnd) {
        length = end - from;
        textLength = textEnd - from;
        endsLine = isLineEnd;
        return true;
    }

    /** Whether the piece begins a line. */
    boolean opensLine() {
        return opensLine;
    }

    /** Whether its line ends with it. */
    boolean endsLine() {
        return endsLine;
    }

    boolean isEmptyLine() {
        return opensLine && endsLine && textLength == 0;
    }

    /** Where the piece begins in the stream. */
    long position() {
        return position;
    }

    /** Where the next one begins. */
    long end() {
        return position + length;
    }

    boolean startsWith(String bytes) {
        if (textLength < bytes.length()) {
            return false;
        }
        for (int i = 0; i < bytes.length(); i++) {
            if ((buffer[from + i] & 0xff) != bytes.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    byte at(int index) {
        return buffer[from + index];
    }

    int textLength() {
        return textLength;
    }

    /** What it says, without the line's end, up to a length. */
    String text(int bytesMax) {
        return new String(buffer, from, Math.min(textLength, bytesMax), StandardCharsets.ISO_8859_1);
    }

    /** All of it, with the line's end. */
    byte[] bytes() {
        return Arrays.copyOfRange(buffer, from, from + length);
    }

    /** The beginning of what follows it. */
    String ahead(int bytesMax) throws IOException {
        fill(length + bytesMax);
        int start = from + length;
        return new String(buffer, start, Math.min(to - start, bytesMax), StandardCharsets.ISO_8859_1);
    }

    /** Adds the piece to a mail, without its first bytes. */
    void addTo(Content content, int without) {
        content.add(buffer, from + without, length - without);
    }

    /** Adds as many bytes that follow it, whatever they are. */
    void copyTo(Content content, long bytes) throws IOException {
        from += length;
        position += length;
        length = 0;
        for (long left = bytes; left > 0; ) {
            fill(1);
            int some = (int) Math.min(left, to - from);
            if (some == 0) {
                break;
            }
            content.add(buffer, from, some);
            from += some;
            position += some;
            left -= some;
        }
        endsLine = true;
    }

    /** Makes that many bytes from the piece on be here, as far as the stream has them. */
    private void fill(int bytes) throws IOException {
        if (to - from >= bytes || ended) {
            return;
        }
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        while (to < bytes) {
            int read = in.read(buffer, to, buffer.length - to);
            if (read < 0) {
                ended = true;
                return;
            }
            to += read;
        }
    }
}
