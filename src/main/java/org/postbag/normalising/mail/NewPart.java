package org.postbag.normalising.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds what somebody wrote anew: the text without what it answers, forwards and is signed with. First each line is told what it is; then is decided
 * which quoted lines belong to what the person says, since they answer them one by one or chose them by hand. All the rest stays in the message's text.
 */
final class NewPart {

    /** Below that, lines are taken as written: no person answers there. */
    private static final int LINES_LOOKED_AT_MAX = 20_000;

    private static final int SIGNATURE_LINES_MAX = 30;
    private static final int FOOTER_LINES_MAX = 10;
    private static final int CLOSING_LINES_MAX = 6;
    private static final int CLOSING_WORDS_MAX = 4;
    private static final int DEVICE_CHARS_MAX = 120;

    private static final int PGP_LINES_MAX = 100;
    private static final String PGP = "-----BEGIN PGP SIGN";

    private static final Pattern SIGNATURE = Pattern.compile("(?:--|—|__)[ \\u00a0]?");
    private static final Pattern RULE = Pattern.compile("\\s*(?:[-_=*~#+—]{3,}|ᐧ+)\\s*");
    private static final Pattern NAMED_QUOTE = Pattern.compile("\\s*(?:\\p{L}{1,20}>|\\|) ?.*");
    private static final Pattern QUOTE_MARKS = Pattern.compile("^[>\\s]+");
    private static final Pattern LINK = Pattern.compile("\\]\\([^()\\s]{1,500}\\)|<[^<>\\s]{1,500}>|https?:\\S{1,500}");

    /** What a line is. */
    private enum Kind {
        BLANK,
        WRITTEN,
        /** Quoted, with a mark on each line. */
        QUOTED,
        /** What a program put above a quote. */
        ANNOUNCED,
        SIGNED
    }

    private final List<String> lines;
    private final Kind[] kinds;
    /** Of each line that begins an attribution, a heading or a copied header, the line after it. */
    private final int[] announcedTo;

    private NewPart(List<String> lines) {
        this.lines = lines;
        this.kinds = new Kind[lines.size()];
        this.announcedTo = new int[lines.size()];
    }

    /**
     * Blank only where nobody says anything, not even in what is quoted: with nothing new in it, what is forwarded or quoted is what the mail says.
     *
     * @param own the text without messages within the message, its lines marked by {@link QuotedLines}
     */
    static String of(String own, String whole) {
        if (own.isBlank()) {
            return QuotedLines.plain(whole);
        }
        var part = new NewPart(own.lines().toList());
        part.tellKinds();
        return QuotedLines.plain(TextLines.tidied(part.newPart()));
    }

    private void tellKinds() {
        Arrays.fill(kinds, Kind.WRITTEN);
        findAnnouncements();
        boolean written = false;
        int i = 0;
        while (i < lines.size()) {
            int next = isCode(i) ? codeEnd(i) : tell(i, written);
            for (int n = i; n < next; n++) {
                written |= kinds[n] == Kind.WRITTEN;
            }
            i = next;
        }
        markDevices();
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
            int end = announcedTo[i] > 0 || QuotedLines.isQuoted(lines.get(i)) ? i : headers.end(i);
            if (end > i) {
                announcedTo[i] = end;
                to = Math.max(to, end);
            }
        }
    }

    /** Says what line {@code i} and those that go with it are. @return the line after them */
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
        } else if (SIGNATURE.matcher(line).matches() || RULE.matcher(line).matches() && written && !isUnderline(i)) {
            return signature(i);
        }
        return i + 1;
    }

    /** The lines that PGP puts around what it signs (RFC 9580, section 7). */
    private int pgp(int from) {
        var end = lines.get(from).startsWith(PGP + "ATURE") ? "-----END PGP SIGNATURE" : "";
        int i = from + 1;
        while (i < Math.min(lines.size(), from + PGP_LINES_MAX) && !isEnd(lines.get(i - 1), end)) {
            i++;
        }
        Arrays.fill(kinds, from, i, Kind.SIGNED);
        return i;
    }

    private static boolean isEnd(String line, String end) {
        return end.isEmpty() ? line.isBlank() : line.startsWith(end);
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
        boolean rule = !SIGNATURE.matcher(lines.get(from)).matches();
        int room = rule ? FOOTER_LINES_MAX : SIGNATURE_LINES_MAX;
        int to = from + 1;
        while (to < lines.size() && announcedTo[to] == 0 && !QuotedLines.isQuoted(lines.get(to))) {
            var line = lines.get(to).strip();
            room -= line.isEmpty() ? 0 : 1;
            if (room < 0 || rule && line.endsWith("?") || to - from > 2 * SIGNATURE_LINES_MAX) {
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

    private boolean isCode(int i) {
        return lines.get(i).startsWith("```") && codeEnd(i) > i;
    }

    /** The line after the code that begins on line {@code i}; {@code i} if it never ends. */
    private int codeEnd(int i) {
        for (int n = i + 1; n < Math.min(lines.size(), i + 500); n++) {
            if (lines.get(n).strip().equals("```")) {
                return n + 1;
            }
        }
        return i;
    }

    /** What programs and devices add, in paragraphs of its own or as the last line. */
    private void markDevices() {
        int i = 0;
        while (i < lines.size()) {
            int from = i;
            while (i < lines.size() && kinds[i] == Kind.WRITTEN) {
                i++;
            }
            boolean last = isLastWritten(i);
            int device = i;
            while (device > from && isDevice(lines.get(device - 1))) {
                device--;
            }
            if (device == from || last) {
                Arrays.fill(kinds, device, i, Kind.SIGNED);
            }
            i = Math.max(i, from) + 1;
        }
    }

    private boolean isLastWritten(int from) {
        for (int i = from; i < Math.min(lines.size(), from + 3); i++) {
            if (kinds[i] == Kind.WRITTEN) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDevice(String line) {
        if (line.length() > 2 * DEVICE_CHARS_MAX) {
            return false;
        }
        var bare = LINK.matcher(line).replaceAll(" ");
        return bare.length() <= DEVICE_CHARS_MAX && QuotingWords.DEVICE.startOf(Phrases.words(bare)) != null;
    }

    private String newPart() {
        closing();
        int first = edge(0, 1);
        int last = edge(lines.size() - 1, -1);
        if (first > last) {
            return quotedPart();
        }
        boolean answers = answeredQuotes(first, last) > 1;
        var kept = new ArrayList<String>();
        boolean announced = false;
        for (int i = 0; i <= last; i++) {
            announced = kinds[i] == Kind.ANNOUNCED
                    || announced && kinds[i] != Kind.WRITTEN
                    || QuotedLines.isMarked(lines.get(i));
            boolean chosen = kinds[i] == Kind.QUOTED && (!announced || i > first || answers);
            if (kinds[i] == Kind.WRITTEN || kinds[i] == Kind.BLANK || chosen) {
                kept.add(lines.get(i));
            }
        }
        return String.join("\n", kept);
    }

    private int edge(int from, int step) {
        int i = from;
        while (i >= 0 && i < lines.size() && kinds[i] != Kind.WRITTEN) {
            i += step;
        }
        return i;
    }

    /** How many quotes have something written below them. */
    private int answeredQuotes(int first, int last) {
        int quotes = kinds[0] == Kind.QUOTED ? 1 : 0;
        for (int i = 1; i < last; i++) {
            boolean begins = kinds[i] == Kind.QUOTED && kinds[i - 1] != Kind.QUOTED;
            quotes += begins && (quotes == 0 || i > first) ? 1 : 0;
        }
        return quotes;
    }

    /** A name and how to reach it, below the quote that is answered above it. */
    private void closing() {
        int last = edge(lines.size() - 1, -1);
        int from = last;
        int closingLines = 0;
        while (from >= 0 && (kinds[from] == Kind.WRITTEN || kinds[from] == Kind.BLANK)) {
            if (kinds[from] == Kind.WRITTEN && (++closingLines > CLOSING_LINES_MAX || !isClosing(lines.get(from)))) {
                return;
            }
            from--;
        }
        if (from >= 0 && kinds[from] == Kind.QUOTED && edge(from, -1) >= 0 && closingLines > 1) {
            Arrays.fill(kinds, from + 1, last + 1, Kind.SIGNED);
        }
    }

    private static boolean isClosing(String line) {
        var text = line.strip();
        boolean sentence = text.endsWith(".") || text.endsWith("?") || text.endsWith("!");
        return !sentence && text.split("\\s+", CLOSING_WORDS_MAX + 2).length <= CLOSING_WORDS_MAX + 1;
    }

    /** With nothing written, the mail says what it quotes or forwards; a signature alone is better than nothing too. */
    private String quotedPart() {
        var unmarked = lines.stream()
                .map(line -> QUOTE_MARKS.matcher(QuotedLines.plain(line)).replaceFirst(""))
                .toList();
        var attributions = new Attributions(unmarked);
        boolean[] says = new boolean[lines.size()];
        boolean any = false;
        for (int i = 0; i < lines.size(); i++) {
            says[i] = kinds[i] != Kind.ANNOUNCED && !unmarked.get(i).isBlank();
            int start = i < LINES_LOOKED_AT_MAX ? attributions.start(i) : -1;
            if (start >= 0) {
                Arrays.fill(says, start, i + 1, false);
            }
        }
        var kept = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            any |= says[i];
            if (kinds[i] != Kind.ANNOUNCED) {
                kept.add(lines.get(i));
            }
        }
        return any ? String.join("\n", kept) : "";
    }
}
