package org.postbag.normalising.mail;

import java.util.List;
import java.util.regex.Pattern;

/** Finds the line by which a mail program says who wrote what it quotes, and when. Programs break it into several lines where it is long. */
final class Attributions {

    private static final int LINES_MAX = 6;
    private static final int BLANK_LINES_MAX = 4;
    private static final int CHARS_MAX = 400;
    private static final int VERB_CHARS_MAX = 40;
    private static final int WORDS_AFTER_VERB_MAX = 8;
    private static final int WORDS_WITHOUT_DATE_MAX = 8;
    private static final int LETTERS_OF_ABBREVIATION_MAX = 5;

    private static final Pattern DATE = Pattern.compile(
            "(?<!\\p{Nd})(?:(?:19|20|25)[0-9]{2}|[\\p{Nd}&&[^0-9]]{4}|\\p{Nd}{1,2}[./-]\\p{Nd}{1,2}[./-]\\p{Nd}{2,4})(?!\\p{Nd})");
    private static final Pattern TIME = Pattern.compile("(?<!\\p{Nd})\\p{Nd}{1,2}[:.h٫]\\p{Nd}{2}(?!\\p{Nd})");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@]@[^\\s<>@]");
    /** How Gmail began quotes without a verb in many languages. */
    private static final Pattern ISO_DATE_AND_NAME =
            Pattern.compile("(?:19|20)\\d{2}-\\d{2}-\\d{2} \\d{1,2}:\\d{2} (?:GMT|UTC)[+-]\\d{1,2}:\\d{2} \\S.{0,80}");

    private static final Pattern DATE_AND_ADDRESS =
            Pattern.compile("\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}[^@]{1,120}<[^\\s<>@]+@[^\\s<>@]+>");
    private static final Pattern DATE_ENDS = Pattern.compile(".{1,200}\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4}");
    private static final Pattern DAY_FIRST =
            Pattern.compile("[\"'(*_]*(?:\\p{Nd}|[\\p{L}\\p{M}]{2,14}[.,]{0,2}[ \\u00a0]+\\p{Nd}).*");
    private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");

    private final List<String> lines;

    Attributions(List<String> lines) {
        this.lines = lines;
    }

    /** The first line of the attribution that ends with line {@code end}; -1 if none ends there. */
    int start(int end) {
        if (holdsQuote(lines.get(end))) {
            return end;
        }
        if (!mayEnd(end)) {
            return -1;
        }
        boolean quoteFollows = isQuoteNext(end);
        var joined = "";
        int found = -1;
        int taken = 0;
        for (int i = end; i >= 0 && taken < LINES_MAX; i--) {
            var line = lines.get(i).strip();
            if (line.isEmpty()) {
                // Only an address that begins on a new line may stand after a blank one.
                if (!lines.get(i + 1).stripLeading().startsWith("<")) {
                    break;
                }
                continue;
            }
            if (i < end && (line.startsWith(">") || isSentence(line))) {
                break;
            }
            joined = joined.isEmpty() ? line : line + " " + joined;
            taken++;
            if (joined.length() > CHARS_MAX) {
                break;
            }
            var said = new Said(joined, quoteFollows);
            if (!said.isAttribution() || lines.get(end).stripLeading().startsWith(">") && i == end) {
                continue;
            }
            if (said.date || begins(line)) {
                return i;
            }
            found = found < 0 ? i : found;
        }
        return found;
    }

    /** Yahoo goes on with the quote on the same line. */
    private static boolean holdsQuote(String line) {
        int address = line.indexOf('>');
        int colon = address < 0 || address > CHARS_MAX ? -1 : line.indexOf(':', address);
        if (colon < 0 || colon - address > VERB_CHARS_MAX || colon + 1 == line.length()) {
            return false;
        }
        var beginning = line.substring(0, colon + 1).strip();
        var said = new Said(beginning, false);
        return said.date && said.address && said.isVerbLast() && begins(beginning);
    }

    private boolean isQuoteNext(int end) {
        int next = end + 1;
        while (next < lines.size()
                && next - end <= BLANK_LINES_MAX
                && lines.get(next).isBlank()) {
            next++;
        }
        return next < lines.size() && QuotedLines.isQuoted(lines.get(next));
    }

    /** Whether it is worth looking at: nearly all lines are not. */
    private boolean mayEnd(int end) {
        var line = lines.get(end);
        if (line.isBlank() || line.length() > CHARS_MAX) {
            return false;
        }
        if (line.stripLeading().startsWith(">")) {
            // The end of an address that was broken before its angle bracket.
            return end > 0 && isColon(line) && line.indexOf('>', line.indexOf('>') + 1) < 0 && !isAfterQuote(end);
        }
        if (isColon(line)) {
            return true;
        }
        boolean alone =
                end + 1 == lines.size() || lines.get(end + 1).isBlank() || QuotedLines.isQuoted(lines.get(end + 1));
        return alone && mayEndWithoutColon(line.strip());
    }

    private static boolean mayEndWithoutColon(String line) {
        if (line.endsWith(">") && line.indexOf('@') > 0
                || ISO_DATE_AND_NAME.matcher(line).matches()) {
            return true;
        }
        var end = Phrases.words(line.substring(Math.max(0, line.length() - VERB_CHARS_MAX)));
        var verb = QuotingWords.WROTE.lastIn(end);
        return verb != null && verb.end() == end.size()
                || DATE_ENDS.matcher(line).matches() && QuotingWords.POSTED.startOf(Phrases.words(line)) != null;
    }

    private boolean isAfterQuote(int i) {
        return lines.get(i - 1).stripLeading().startsWith(">");
    }

    private static boolean isColon(String line) {
        int last = line.length() - 1;
        // Some programs rule the line, others mark in which direction it is read.
        while (last >= 0 && (isRule(line.charAt(last)) || Character.getType(line.charAt(last)) == Character.FORMAT)) {
            last--;
        }
        return last >= 0 && (line.charAt(last) == ':' || line.charAt(last) == '：');
    }

    private static boolean isRule(char c) {
        return Character.isWhitespace(c) || "-_=*~.\u00a0".indexOf(c) >= 0;
    }

    /** An attribution's first line holds the day, after a word such as "On" or the name of the weekday. */
    private static boolean begins(String line) {
        return DAY_FIRST.matcher(line).matches()
                || DIGIT.matcher(line).find() && QuotingWords.OPEN.startOf(Phrases.words(line)) != null;
    }

    private static boolean isSentence(String line) {
        if (line.endsWith("!") || line.endsWith("?") || line.endsWith(":")) {
            return true;
        }
        if (!line.endsWith(".")) {
            return false;
        }
        var words = Phrases.words(line);
        return !DIGIT.matcher(line).find() || words.isEmpty() || words.getLast().length() > LETTERS_OF_ABBREVIATION_MAX;
    }

    /** What one or several joined lines say. */
    private static final class Said {
        final String line;
        final boolean quoteFollows;
        final List<String> words;
        final Phrases.@org.jspecify.annotations.Nullable Place verb;
        final boolean date;
        final boolean time;
        final boolean address;

        Said(String line, boolean quoteFollows) {
            this.line = line;
            this.quoteFollows = quoteFollows;
            this.words = Phrases.words(line);
            this.verb = QuotingWords.WROTE.lastIn(words);
            this.time = TIME.matcher(line).find();
            this.date =
                    DATE.matcher(line).find() || time && DAY_FIRST.matcher(line).matches();
            this.address = ADDRESS.matcher(line).find();
        }

        boolean isAttribution() {
            if (!isColon(line)) {
                return isVerbLast() && (address || date && (time || quoteFollows))
                        || quoteFollows && date && address && line.endsWith(">") && !isOpen(line)
                        || DATE_ENDS.matcher(line).matches() && QuotingWords.POSTED.startOf(words) != null
                        || DATE_AND_ADDRESS.matcher(line).matches()
                        || ISO_DATE_AND_NAME.matcher(line).matches();
            }
            if (verb == null) {
                return address && date;
            }
            if (quoteFollows) {
                return address || date || isVerbLast() && words.size() <= WORDS_WITHOUT_DATE_MAX;
            }
            boolean nameFollows = words.size() - verb.end() <= WORDS_AFTER_VERB_MAX;
            boolean list = isVerbLast() && words.contains("via");
            return address || list || date && (time || isVerbLast()) && (nameFollows || verb.start() == 0);
        }

        /** Whether an angle bracket is still to be closed on the next line. */
        private static boolean isOpen(String line) {
            return line.chars().filter(c -> c == '<').count()
                    > line.chars().filter(c -> c == '>').count();
        }

        private boolean isVerbLast() {
            return verb != null && verb.end() == words.size();
        }
    }
}
