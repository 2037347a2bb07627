package org.postbag.normalising.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.postbag.normalising.mail.LineKinds.Kind;

/**
 * Finds what somebody wrote anew: the text without what it answers, forwards and is signed with. Quoted lines stay where they belong to what the person
 * says: between answers, which nobody understands without them, and where the person chose them by hand. All the rest stays in the message's text.
 */
final class NewPart {

    private static final int CLOSING_LINES_MAX = 6;
    private static final int CLOSING_WORDS_MAX = 4;

    private static final Pattern QUOTE_MARKS = Pattern.compile("^[>\\s]+");

    private final List<String> lines;
    private final Kind[] kinds;

    private NewPart(List<String> lines) {
        this.lines = lines;
        this.kinds = LineKinds.of(lines);
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
        return QuotedLines.plain(TextLines.tidied(new NewPart(own.lines().toList()).newPart()));
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
            int start = i < LineKinds.LINES_LOOKED_AT_MAX ? attributions.start(i) : -1;
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
        if (!any && !Arrays.asList(kinds).contains(Kind.QUOTED)) {
            // Somebody wrote that, whatever it looks like.
            return String.join("\n", lines);
        }
        return any ? String.join("\n", kept) : "";
    }
}
