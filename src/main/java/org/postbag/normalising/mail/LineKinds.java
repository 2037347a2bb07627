package org.postbag.normalising.mail;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Tells of each line of a mail's text what it is: written anew, quoted, put above a quote by a program, or part of a signature. */
final class LineKinds {

    /** Further down, lines are taken as written: no person answers there. */
    static final int LINES_LOOKED_AT_MAX = 20_000;

    private static final int SIGNATURE_LINES_MAX = 30;
    private static final int FOOTER_LINES_MAX = 10;
    /** Mail servers and lists draw a line as long as that; people divide what they write by other marks. */
    private static final String PROGRAMS_RULE = "_".repeat(20);

    private static final int BROKEN_LINE_CHARS_MIN = 60;
    private static final int DEVICE_CHARS_MAX = 240;
    private static final int CODE_LINES_MAX = 500;
    private static final int PGP_LINES_MAX = 100;

    private static final List<String> SIGNATURE = List.of("--", "-- ", "--\u00a0", "—", "__");
    private static final String CODE = "```";
    private static final String PGP = "-----BEGIN PGP SIGN";
    private static final Pattern NAMED_QUOTE = Pattern.compile("\\s{0,20}(?:\\p{L}{1,20}>|\\|) ?.*");
    private static final Pattern UNSUBSCRIBE = Pattern.compile("(?i)\\s{0,20}unsubscribe\\s?: ?\\S*[@/].*");

    enum Kind {
        BLANK,
        WRITTEN,
        /** Quoted, with a mark on each line. */
        QUOTED,
        /** What a program put above a quote, and below that what it quotes without a mark. */
        ANNOUNCED,
        SIGNED
    }

    private final List<String> lines;
    private final Kind[] kinds;
    /** Of each line that begins an attribution, a heading or a copied header, the line after it. */
    private final int[] announcedTo;

    private LineKinds(List<String> lines) {
        this.lines = lines;
        this.kinds = new Kind[lines.size()];
        this.announcedTo = new int[lines.size()];
        Arrays.fill(kinds, Kind.WRITTEN);
    }

    /** @param lines marked by {@link QuotedLines} where the page said what they are */
    static Kind[] of(List<String> lines) {
        var kinds = new LineKinds(lines);
        kinds.findAnnouncements();
        kinds.tell();
        kinds.mendQuotes();
        kinds.findEndings();
        return kinds.kinds;
    }

    private void findAnnouncements() {
        var attributions = new Attributions(lines);
        var headers = new CopiedHeader(lines);
        int to = 0;
        for (int i = 0; i < Math.min(lines.size(), LINES_LOOKED_AT_MAX); i++) {
            int start = attributions.start(i);
            if (start >= to) {
                announcedTo[start] = i + 1;
                to = i + 1;
            }
            boolean quoted = QuotedLines.isQuoted(lines.get(i)) && !CopiedHeader.isArrowed(lines.get(i));
            int end = announcedTo[i] > 0 || quoted ? i : headers.end(i);
            if (end > i) {
                announcedTo[i] = end;
                to = Math.max(to, end);
            }
        }
    }

    private void tell() {
        boolean written = false;
        int i = 0;
        while (i < lines.size()) {
            int code = codeEnd(i);
            int next = code > i ? code : tell(i, written);
            for (int n = i; n < next; n++) {
                written |= kinds[n] == Kind.WRITTEN;
            }
            i = next;
        }
    }

    /** Says what line {@code i} and those that go with it are; returns the line after them. */
    private int tell(int i, boolean written) {
        var line = lines.get(i);
        if (announcedTo[i] > 0) {
            return announced(i, written);
        }
        if (line.isBlank()) {
            kinds[i] = Kind.BLANK;
        } else if (line.startsWith(PGP)) {
            return pgp(i);
        } else if (QuotedLines.isQuoted(line)) {
            kinds[i] = Kind.QUOTED;
        } else if (QuotedLines.isSigned(line)) {
            kinds[i] = Kind.SIGNED;
        } else if (SIGNATURE.contains(line) || written && Drawn.whole(line) > 0 && !isUnderline(i)) {
            return signature(i);
        }
        return i + 1;
    }

    /** An old program breaks a long quoted line and leaves the rest of it without a mark. */
    private void mendQuotes() {
        for (int i = 1; i < lines.size() - 1; i++) {
            if (kinds[i] == Kind.WRITTEN && kinds[i - 1] == Kind.QUOTED && kinds[i + 1] == Kind.QUOTED) {
                var before = lines.get(i - 1).stripTrailing();
                boolean sentence =
                        before.endsWith(".") || before.endsWith("?") || before.endsWith("!") || before.endsWith(":");
                if (before.length() >= BROKEN_LINE_CHARS_MIN && !sentence) {
                    kinds[i] = Kind.QUOTED;
                }
            }
        }
    }

    private int announced(int from, boolean written) {
        int to = announcedTo[from];
        Arrays.fill(kinds, from, to, Kind.ANNOUNCED);
        int next = to;
        while (next < lines.size() && lines.get(next).isBlank()) {
            kinds[next++] = Kind.BLANK;
        }
        if (next == lines.size() || QuotedLines.isQuoted(lines.get(next)) || announcedTo[next] > 0) {
            return next;
        }
        if (written) {
            // Nothing marks what is quoted, so it goes on to the end.
            Arrays.fill(kinds, next, lines.size(), Kind.ANNOUNCED);
            return lines.size();
        }
        return namedQuote(next);
    }

    /** Lines that are quoted with a name or a bar before each. */
    private int namedQuote(int from) {
        int i = from;
        while (i < lines.size() && NAMED_QUOTE.matcher(lines.get(i)).matches()) {
            kinds[i++] = Kind.QUOTED;
        }
        return i;
    }

    /** A signature or a footer goes on to the quote below it, or to the end. What is too long for either only stands below a line. */
    private int signature(int from) {
        var drawn = lines.get(from);
        boolean signed = SIGNATURE.contains(drawn) || drawn.strip().startsWith(PROGRAMS_RULE);
        int room = signed || Drawn.whole(drawn) >= PROGRAMS_RULE.length() ? SIGNATURE_LINES_MAX : FOOTER_LINES_MAX;
        int to = from + 1;
        while (to < lines.size() && announcedTo[to] == 0 && !QuotedLines.isQuoted(lines.get(to))) {
            var line = lines.get(to).strip();
            room -= line.isEmpty() ? 0 : 1;
            if (room < 0 || !signed && line.endsWith("?") || to - from > 2 * SIGNATURE_LINES_MAX) {
                return from + 1;
            }
            to++;
        }
        Arrays.fill(kinds, from, to, Kind.SIGNED);
        return to;
    }

    /** A line below a heading, as long as that. */
    private boolean isUnderline(int i) {
        var above = i == 0 ? "" : lines.get(i - 1).strip();
        return !above.isEmpty()
                && Math.abs(above.length() - lines.get(i).strip().length()) <= 2;
    }

    /** The line after the code that begins on line {@code i}; {@code i} if none does or it never ends. */
    private int codeEnd(int i) {
        if (!lines.get(i).startsWith(CODE)) {
            return i;
        }
        for (int n = i + 1; n < Math.min(lines.size(), i + CODE_LINES_MAX); n++) {
            if (lines.get(n).strip().equals(CODE)) {
                return n + 1;
            }
        }
        return i;
    }

    /** The lines that PGP puts around what it signs (RFC 9580, section 7). */
    private int pgp(int from) {
        boolean signature = lines.get(from).startsWith(PGP + "ATURE");
        int i = from;
        do {
            kinds[i++] = Kind.SIGNED;
        } while (i < Math.min(lines.size(), from + PGP_LINES_MAX) && !isPgpEnd(lines.get(i - 1), signature));
        return i;
    }

    private static boolean isPgpEnd(String line, boolean signature) {
        return signature ? line.startsWith("-----END PGP SIGNATURE") : line.isBlank();
    }

    /** What programs, devices and offices add: in paragraphs of its own, or at the end of what is written. */
    private void findEndings() {
        boolean last = true;
        int i = lines.size();
        while (i > 0) {
            int to = i;
            while (i > 0 && kinds[i - 1] == Kind.WRITTEN) {
                i--;
            }
            if (i == to) {
                // Above a quote ends what was written too.
                last |= kinds[--i] != Kind.BLANK;
                continue;
            }
            int added = last && isFooter(lines.get(i)) ? i : to;
            while (added > i && isDevice(lines.get(added - 1))) {
                added--;
            }
            if (added == i || last) {
                Arrays.fill(kinds, added, to, Kind.SIGNED);
            }
            last &= added == i;
        }
    }

    private static boolean isFooter(String line) {
        return QuotingWords.FOOTER.startOf(Phrases.words(line)) != null;
    }

    private static boolean isDevice(String line) {
        return line.length() <= DEVICE_CHARS_MAX
                && (QuotingWords.DEVICE.startOf(Phrases.words(line)) != null
                        || UNSUBSCRIBE.matcher(line).matches());
    }
}
