package org.postbag.normalising.mail;

import java.util.List;

/** Finds what mail programs put above the mail that is answered or forwarded: a ruled heading, or a copy of its header. */
final class CopiedHeader {

    private static final int LINES_MAX = 16;
    private static final int LABELS_MIN = 3;
    /** Below a rule or a heading two are enough. */
    private static final int LABELS_BELOW_RULE_MIN = 2;

    private static final int LABEL_CHARS_MAX = 40;
    private static final int HEADING_CHARS_MAX = 150;

    private static final String ARROWS = ">>>";
    private static final int RULE_CHARS_MIN = 5;
    private static final int HEADING_MARKS_MIN = 2;

    private final List<String> lines;

    CopiedHeader(List<String> lines) {
        this.lines = lines;
    }

    /** The line after a heading or a copied header that begins on line {@code i}; {@code i} if none does. */
    int end(int i) {
        boolean rule = Drawn.whole(lines.get(i)) >= RULE_CHARS_MIN;
        boolean heading = !rule && isHeading(lines.get(i));
        int first = rule || heading ? next(i + 1) : i;
        int labelled = labelsEnd(first, rule || heading ? LABELS_BELOW_RULE_MIN : LABELS_MIN);
        if (labelled > first) {
            return labelled;
        }
        return heading ? i + 1 : i;
    }

    /** GroupWise puts who wrote when between arrows, and quotes without a mark. */
    static boolean isArrowed(String line) {
        return line.length() <= HEADING_CHARS_MAX
                && line.startsWith(ARROWS + " ")
                && line.stripTrailing().endsWith(" " + ARROWS);
    }

    private static boolean isHeading(String line) {
        if (line.length() > HEADING_CHARS_MAX) {
            return false;
        }
        if (isArrowed(line)) {
            return true;
        }
        boolean before = Drawn.before(line) >= HEADING_MARKS_MIN;
        boolean after = Drawn.after(line) >= HEADING_MARKS_MIN;
        var end = line.stripTrailing();
        if (!before && !after && !end.endsWith(":") && !end.endsWith("：")) {
            return false;
        }
        var words = Phrases.words(line);
        return QuotingWords.ORIGINAL.is(words)
                || QuotingWords.FORWARDED.is(words)
                || before && after && (isBegun(QuotingWords.ORIGINAL, words) || isBegun(QuotingWords.FORWARDED, words));
    }

    private static boolean isBegun(Phrases phrases, List<String> words) {
        return phrases.startOf(words) != null;
    }

    /** The line after the labelled ones; {@code from} if there are too few of them. */
    private int labelsEnd(int from, int labelsMin) {
        if (from >= lines.size() || !isLabelled(from)) {
            return from;
        }
        int labels = 0;
        boolean sender = false;
        int end = from;
        for (int i = from; i < Math.min(lines.size(), from + LINES_MAX); i++) {
            if (lines.get(i).isBlank()) {
                int next = next(i);
                if (next >= lines.size() || !isLabelled(next)) {
                    break;
                }
                continue;
            }
            if (isLabelled(i)) {
                labels++;
                sender |= QuotingWords.FROM.is(label(i));
            } else if (labels >= labelsMin && !isContinuation(i)) {
                break;
            }
            end = i + 1;
        }
        return sender && labels >= labelsMin ? end : from;
    }

    /** Lists of recipients and long subjects are broken into several lines. */
    private boolean isContinuation(int i) {
        var before = lines.get(i - 1).stripTrailing();
        return before.endsWith(",")
                || before.endsWith(";")
                || before.endsWith(":")
                || Character.isWhitespace(lines.get(i).charAt(0));
    }

    private boolean isLabelled(int i) {
        var label = label(i);
        return QuotingWords.FROM.is(label) || QuotingWords.LABEL.is(label);
    }

    private List<String> label(int i) {
        var line = lines.get(i).stripLeading();
        for (int at = 0; at < Math.min(line.length(), LABEL_CHARS_MAX); at++) {
            char c = line.charAt(at);
            if (c == ':' || c == '：') {
                return Phrases.words(line.substring(0, at));
            }
        }
        return List.of();
    }

    private int next(int from) {
        int i = from;
        while (i < lines.size() && i < from + LINES_MAX && lines.get(i).isBlank()) {
            i++;
        }
        return i;
    }
}
