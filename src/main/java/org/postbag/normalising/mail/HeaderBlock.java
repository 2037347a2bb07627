package org.postbag.normalising.mail;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header fields before a body. Lines that are no header are left out if a header follows them before the next empty line; else the body begins
 * there, as in a message that has no header at all.
 */
final class HeaderBlock {

    private static final int LOOK_AHEAD_LINES_MAX = 500;
    private static final int BYTE_ORDER_MARK_LENGTH = 3;

    private final Lines lines;
    private final Damage damage;
    private final Predicate<Lines> isDelimiter;

    private @Nullable String name;
    private final StringBuilder value = new StringBuilder();

    HeaderBlock(Lines lines, Damage damage, Predicate<Lines> isDelimiter) {
        this.lines = lines;
        this.damage = damage;
        this.isDelimiter = isDelimiter;
    }

    /** Reads a message's header, which may come after empty lines or the line that mailbox files put before each message; returns where the body begins. */
    int readMessage(Headers headers, int from) {
        int begin = from;
        var ahead = lines.from(from);
        while (ahead.advance()) {
            if (isEnvelopeLine(ahead.slice())) {
                begin = ahead.next();
            } else if (isByteOrderMark(ahead.slice())) {
                begin = ahead.start() + BYTE_ORDER_MARK_LENGTH;
                break;
            } else if (!ahead.isBlank()) {
                var first = Headers.name(ahead.slice());
                begin = first != null && Headers.isKnown(first) ? ahead.start() : begin;
                break;
            }
        }
        return read(headers, begin);
    }

    /** Reads a part's header; returns where the body begins. */
    int readPart(Headers headers, int from) {
        return read(headers, from);
    }

    private int read(Headers headers, int from) {
        int knownAhead = -1;
        lines.seek(from);
        while (lines.advance()) {
            if (isDelimiter.test(lines)) {
                return finish(headers, from, lines.start());
            }
            if (lines.startsWithSpace() && name != null && !(lines.isBlank() && endsAtBlank())) {
                value.append(lines.slice().latin1());
                continue;
            }
            if (lines.isBlank()) {
                return finish(headers, from, lines.next());
            }
            var line = lines.slice();
            var following = Headers.name(line);
            boolean stray =
                    following == null && (lines.start() < knownAhead || (knownAhead = knownAhead(lines.next())) >= 0);
            if (stray && "subject".equals(name)) {
                // Of all fields only this one is people's own words, and some wrap them like any text.
                damage.note("The subject goes on in a line that does not say so; it was put together.");
                value.append(' ').append(line.latin1());
                continue;
            }
            flush(headers);
            name = following;
            if (name != null) {
                value.append(Headers.value(line));
            } else if (stray) {
                stray(headers, line);
            } else {
                return finishWithoutBlank(headers, from);
            }
        }
        return finish(headers, from, lines.next());
    }

    /** Before the first field it may be text that slipped there; later, it is a piece of a broken field. */
    private void stray(Headers headers, Slice line) {
        if (headers.isEmpty()) {
            headers.addStray(line);
            damage.note("Lines that are no headers stand before the headers; they were kept with the text.");
        } else {
            damage.note("Lines among the headers that are no headers were left out.");
        }
    }

    private int finishWithoutBlank(Headers headers, int from) {
        int bodyFrom = finish(headers, from, lines.start());
        if (!headers.isEmpty()) {
            damage.note("No empty line stands between the headers and the text.");
        }
        return bodyFrom;
    }

    private int finish(Headers headers, int from, int bodyFrom) {
        flush(headers);
        if (headers.hasKnown()) {
            return bodyFrom;
        }
        // What looked like headers is text with a colon in it, unless the header was empty.
        boolean nothing = headers.isEmpty();
        headers.clear();
        return nothing && lines.start() == from ? bodyFrom : from;
    }

    private void flush(Headers headers) {
        if (name != null) {
            headers.add(name, value.toString());
        }
        name = null;
        value.setLength(0);
    }

    /** A line of spaces goes on with the header if more of it follows, and ends it otherwise. */
    private boolean endsAtBlank() {
        var ahead = lines.from(lines.next());
        if (!ahead.advance() || ahead.isBlank()) {
            return true;
        }
        if (ahead.startsWithSpace()) {
            return false;
        }
        var following = Headers.name(ahead.slice());
        return following == null || !Headers.isKnown(following);
    }

    /** Where the next line that begins a known header is, if one comes before an empty line; else -1. */
    private int knownAhead(int from) {
        var ahead = lines.from(from);
        for (int i = 0; i < LOOK_AHEAD_LINES_MAX && ahead.advance(); i++) {
            if (ahead.isBlank() || isDelimiter.test(ahead)) {
                return -1;
            }
            var following = Headers.name(ahead.slice());
            if (following != null && Headers.isKnown(following)) {
                return ahead.start();
            }
        }
        return -1;
    }

    private static boolean isEnvelopeLine(Slice line) {
        var text = line.length() > 6 && line.length() < 1_000 ? line.latin1() : "";
        return (text.startsWith("From ") || text.startsWith(">From ")) && Headers.name(line) == null;
    }

    private static boolean isByteOrderMark(Slice line) {
        return line.length() >= 3
                && (line.bytes()[line.from()] & 0xff) == 0xef
                && (line.bytes()[line.from() + 1] & 0xff) == 0xbb
                && (line.bytes()[line.from() + 2] & 0xff) == 0xbf;
    }
}
