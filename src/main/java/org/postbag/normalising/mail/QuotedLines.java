package org.postbag.normalising.mail;

/** How a single line says that it is quoted, or part of a signature. */
final class QuotedLines {

    /**
     * What {@link HtmlText} puts before each line that the page itself says a mail program quoted, or took from a signature. Unicode promises that these
     * are never characters, so nobody can write them; {@link #plain} takes them out.
     */
    static final char QUOTED = '\ufdd0';

    static final char SIGNED = '\ufdd1';

    private QuotedLines() {}

    static boolean isQuoted(String line) {
        return isMarked(line) || line.stripLeading().startsWith(">");
    }

    /** Quoted by a mail program for sure. */
    static boolean isMarked(String line) {
        return !line.isEmpty() && line.charAt(0) == QUOTED;
    }

    static boolean isSigned(String line) {
        return !line.isEmpty() && line.charAt(0) == SIGNED;
    }

    /** The text as people read it. */
    static String plain(String text) {
        if (text.indexOf(QUOTED) < 0 && text.indexOf(SIGNED) < 0) {
            return text;
        }
        return text.replace(String.valueOf(QUOTED), "").replace(String.valueOf(SIGNED), "");
    }
}
