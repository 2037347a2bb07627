package org.postbag.backlog;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an mbox into its mails, as a stream. Two families of the format are read, and a file is of one of them:
 *
 * <ul>
 *   <li>mboxo and mboxrd: a mail begins after an empty line at a {@link Separator}, and lines of a text that would look like one are quoted by {@code >},
 *       which is taken away again;
 *   <li>mboxcl2: {@code Content-Length} says how long each text is, and nothing is quoted. A file is one of these only if its first mail has a length that
 *       ends where another mail begins, or the file: senders write that header too.
 * </ul>
 */
final class MboxCutter {

    private static final int LENGTH_ENDS_MAX = 4;
    private static final Pattern LENGTH =
            Pattern.compile("content-length:\\s*(\\d{1,12})\\s*", Pattern.CASE_INSENSITIVE);
    private static final String MARK = "\u00ef\u00bb\u00bf";

    private static final byte[] NONE = {};

    private final String name;
    private final LinePieces lines;
    private final @Nullable Ahead ahead;
    private final @Nullable Instant file;
    private final Instant now;
    private final Consumer<Found> found;

    private final Content content = new Content();
    private int number;
    private long began;
    private @Nullable Instant delivered;
    private boolean inHeader;
    /** Whether the length of the mail's text was followed, so that nothing more belongs to it. */
    private boolean complete;

    private long length = -1;
    private @Nullable Boolean byLength;
    /** An empty line that may be the one before the next mail, which belongs to no mail. */
    private byte[] heldBack = NONE;

    /** Looks further on in the file. */
    interface Ahead {
        /** As many bytes from there on as there are, up to a number. */
        String at(long position, int bytesMax) throws IOException;
    }

    /**
     * @param name of the file, for places in it
     * @param ahead null where the file can only be read from its beginning on; then lengths are not followed
     * @param file when the file was last written
     */
    MboxCutter(
            String name,
            InputStream in,
            @Nullable Ahead ahead,
            @Nullable Instant file,
            Instant now,
            Consumer<Found> found)
            throws IOException {
        this.name = name;
        this.lines = new LinePieces(in);
        this.ahead = ahead;
        this.file = file;
        this.now = now;
        this.found = found;
    }

    /** What an mbox has before its first mail, which is none of it. */
    static String withoutMark(String beginning) {
        return (beginning.startsWith(MARK) ? beginning.substring(MARK.length()) : beginning)
                .replaceFirst("^[\r\n]+", "");
    }

    /**
     * Hands on every mail.
     *
     * @return whether the last line has its end; where not, the last mail may be cut short
     */
    boolean cut() throws IOException {
        boolean emptyBefore = true;
        while (lines.next()) {
            var separator = lines.opensLine() && (emptyBefore || inHeader || complete) ? separator() : null;
            if (separator != null) {
                finish();
                begin(separator);
                emptyBefore = false;
            } else {
                boolean wasInHeader = inHeader;
                add();
                emptyBefore = lines.isEmptyLine() || (wasInHeader && complete);
            }
        }
        finish();
        return lines.endsLine();
    }

    private @Nullable Separator separator() throws IOException {
        boolean marked = number == 0 && lines.startsWith(MARK);
        if (!marked && !lines.startsWith(Separator.BEGINNING)) {
            return null;
        }
        var line = lines.text(Separator.BYTES_MAX);
        return Separator.of(marked ? withoutMark(line) : line, lines.ahead(Separator.BYTES_MAX))
                .orElse(null);
    }

    private void begin(Separator separator) {
        number++;
        began = lines.position();
        delivered = separator.at();
        inHeader = true;
        complete = false;
        length = -1;
    }

    private void finish() {
        heldBack = NONE;
        if (number == 0) {
            content.clear();
            return;
        }
        var place = "%s, mail %,d (from byte %,d)".formatted(name, number, began);
        if (content.isTooLarge()) {
            found.accept(new Found.Unfit(place, Content.tooLarge(content.size())));
            content.clear();
        } else if (content.isBlank()) {
            found.accept(new Found.Nothing(place, "there is nothing in it"));
            content.clear();
        } else {
            var mail = content.take();
            found.accept(new Found.Mail(place, mail, MailTimes.reached(mail, delivered, file, now)));
        }
    }

    private void add() throws IOException {
        if (complete && lines.isEmptyLine()) {
            return;
        }
        if (inHeader) {
            addHeader();
        } else if (lines.isEmptyLine()) {
            addHeldBack();
            heldBack = lines.bytes();
        } else {
            addHeldBack();
            lines.addTo(content, isQuoted() ? 1 : 0);
        }
    }

    private void addHeldBack() {
        content.add(heldBack, 0, heldBack.length);
        heldBack = NONE;
    }

    private void addHeader() throws IOException {
        lines.addTo(content, 0);
        if (lines.isEmptyLine()) {
            inHeader = false;
            followLength();
        } else if (lines.opensLine() && length < 0) {
            var field = LENGTH.matcher(lines.text(Separator.BYTES_MAX));
            length = field.matches() ? Long.parseLong(field.group(1)) : -1;
        }
    }

    private void followLength() throws IOException {
        boolean ends = length >= 0 && endsThere(lines.end() + length);
        if (byLength == null) {
            byLength = ends;
        }
        if (byLength && ends) {
            lines.copyTo(content, length);
            complete = true;
        }
    }

    /** Whether a mail begins at that place, after at most an empty line or two, or the file ends there. */
    private boolean endsThere(long position) throws IOException {
        if (ahead == null || Boolean.FALSE.equals(byLength)) {
            return false;
        }
        var before = position == 0 ? "\n" : ahead.at(position - 1, 1);
        var there = ahead.at(position, 2 * Separator.BYTES_MAX);
        int at = 0;
        while (at < LENGTH_ENDS_MAX && at < there.length() && isEnd(there.charAt(at))) {
            at++;
        }
        if (there.length() == at) {
            // Behind the end of the file nothing is, so the byte before tells the two apart.
            return !before.isEmpty();
        }
        if (at == 0 && !isEnd(before.charAt(0))) {
            return false;
        }
        int end = at;
        while (end < there.length() && !isEnd(there.charAt(end))) {
            end++;
        }
        return Separator.of(there.substring(at, end), there.substring(end).stripLeading())
                .isPresent();
    }

    private static boolean isEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private boolean isQuoted() {
        if (Boolean.TRUE.equals(byLength) || !lines.opensLine()) {
            return false;
        }
        int marks = 0;
        while (marks < lines.textLength() && lines.at(marks) == '>') {
            marks++;
        }
        return marks > 0
                && lines.text(marks + Separator.BEGINNING.length())
                        .substring(marks)
                        .equals(Separator.BEGINNING);
    }
}
