package org.postbag.normalising.mail;

/**
 * Walks through bytes line by line. A line ends in LF or CRLF; in a message that knows no other end, in CR alone. Carriage returns before the end belong
 * to it, however many.
 */
final class Lines {

    private static final int SAMPLE_BYTES_MAX = 65_536;
    /** A message counts as one with bare CRs if they are this many times as frequent as LFs: one flipped byte must not decide. */
    private static final int BARE_CR_RATIO_MIN = 4;

    private final byte[] bytes;
    private final int end;
    private final byte terminator;
    private int start;
    private int stop;
    private int next;

    Lines(Slice slice) {
        this(slice, terminator(slice));
    }

    private Lines(Slice slice, byte terminator) {
        this.bytes = slice.bytes();
        this.end = slice.to();
        this.terminator = terminator;
        this.next = slice.from();
    }

    /** Another walk over the same bytes, from the given position on. */
    Lines from(int position) {
        return new Lines(new Slice(bytes, position, end), terminator);
    }

    /** Goes to the next line, if there is one. */
    boolean advance() {
        if (next >= end) {
            return false;
        }
        start = next;
        int i = start;
        while (i < end && bytes[i] != terminator) {
            i++;
        }
        next = Math.min(i + 1, end);
        while (i > start && bytes[i - 1] == '\r') {
            i--;
        }
        stop = i;
        return true;
    }

    void seek(int position) {
        next = position;
    }

    /** The first byte of the line. */
    int start() {
        return start;
    }

    /** The byte after its last, without the line's end. */
    int stop() {
        return stop;
    }

    /** The first byte of the following line. */
    int next() {
        return next;
    }

    boolean isEmpty() {
        return start == stop;
    }

    boolean isBlank() {
        for (int i = start; i < stop; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    boolean startsWithSpace() {
        return start < stop && (bytes[start] == ' ' || bytes[start] == '\t');
    }

    boolean startsWithDashes() {
        return stop - start > 2 && bytes[start] == '-' && bytes[start + 1] == '-';
    }

    Slice slice() {
        return new Slice(bytes, start, stop);
    }

    private static byte terminator(Slice slice) {
        int sampled = Math.min(slice.to(), slice.from() + SAMPLE_BYTES_MAX);
        int feeds = 0;
        int returns = 0;
        for (int i = slice.from(); i < sampled; i++) {
            byte b = slice.bytes()[i];
            if (b == '\n') {
                feeds++;
            } else if (b == '\r' && !(i + 1 < slice.to() && slice.bytes()[i + 1] == '\n')) {
                returns++;
            }
        }
        return (byte) (returns > feeds * BARE_CR_RATIO_MIN ? '\r' : '\n');
    }
}
