package org.postbag.normalising.mail;

import java.util.HashSet;
import java.util.Set;

/** Small things that are done to every plain text. */
final class TextLines {

    private TextLines() {}

    /** With {@code \n} as the only line end, and without characters that no one sees and no database takes. */
    static String ends(String text) {
        if (text.indexOf('\r') < 0
                && text.indexOf('\0') < 0
                && text.indexOf('\ufeff') < 0
                && text.indexOf(QuotedLines.QUOTED) < 0
                && text.indexOf(QuotedLines.SIGNED) < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                boolean more = i + 1 < text.length() && (text.charAt(i + 1) == '\n' || text.charAt(i + 1) == '\r');
                out.append(more ? "" : "\n");
            } else if (!isUnseen(c)) {
                out.append(c);
            }
        }
        return out.toString();
    }

    static boolean isUnseen(char c) {
        return c == '\0' || c == '\ufeff' || c == QuotedLines.QUOTED || c == QuotedLines.SIGNED;
    }

    /** Without blank lines at either end. */
    static String tidied(CharSequence text) {
        int from = 0;
        for (int i = 0; i < text.length() && Character.isWhitespace(text.charAt(i)); i++) {
            from = text.charAt(i) == '\n' ? i + 1 : from;
        }
        int to = text.length();
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return text.subSequence(from, to).toString();
    }

    static boolean isBlank(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c) && c != '\u00a0') {
                return false;
            }
        }
        return true;
    }

    /** Every word there is, once. */
    static Set<String> words(CharSequence text) {
        var words = new HashSet<String>();
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean letter = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (letter && from < 0) {
                from = i;
            } else if (!letter && from >= 0) {
                words.add(text.subSequence(from, i).toString());
                from = -1;
            }
        }
        return words;
    }

    /** Of the words, how many in a hundred {@code text} does not have. */
    static int unsaidShare(Set<String> words, CharSequence text) {
        var said = words(text);
        int unsaid = 0;
        for (var word : words) {
            unsaid += said.contains(word) ? 0 : 1;
        }
        return words.isEmpty() ? 0 : unsaid * 100 / words.size();
    }
}
