package org.postbag.receiving;

/**
 * Makes what was typed safe to store and show, without hiding that something was there: what can't be shown, or would turn the text around it, becomes
 * the replacement character.
 */
public final class CleanText {

    private static final char REPLACEMENT = '\uFFFD';
    private static final String DIRECTION_OVERRIDES = "\u202D\u202E";
    private static final String DIRECTION_MARKS =
            "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200E\u200F\u061C";

    private CleanText() {}

    /**
     * A text of several lines: every line end becomes {@code \n}; control characters but tab, halves of surrogate pairs and direction overrides are
     * replaced.
     */
    public static String lines(String typed) {
        var text = typed.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace('\u2028', '\n')
                .replace('\u2029', '\n');
        return replaced(text, "\n\t", DIRECTION_OVERRIDES).strip();
    }

    /**
     * A text of one line: line ends and tabs become spaces; control characters, halves of surrogate pairs and direction marks are replaced. Direction
     * marks at either end are dropped, since copying a number or name out of another program adds them.
     */
    public static String line(String typed) {
        var text =
                typed.replace("\r\n", " ").replace('\r', ' ').replace('\n', ' ').replace('\t', ' ');
        int start = 0;
        int end = text.length();
        while (start < end && isDropped(text.charAt(start))) {
            start++;
        }
        while (end > start && isDropped(text.charAt(end - 1))) {
            end--;
        }
        return replaced(text.substring(start, end), "", DIRECTION_MARKS).strip();
    }

    /** How long a text is to the one who types it: in code points. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isDropped(char c) {
        return Character.isWhitespace(c) || DIRECTION_MARKS.indexOf(c) >= 0;
    }

    private static String replaced(String text, String allowed, String refused) {
        var clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(isShown(c, allowed, refused) ? c : REPLACEMENT));
        return clean.toString();
    }

    private static boolean isShown(int c, String allowed, String refused) {
        if (allowed.indexOf(c) >= 0) {
            return true;
        }
        var type = Character.getType(c);
        boolean half = type == Character.SURROGATE;
        boolean separator = type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
        return !Character.isISOControl(c) && !half && !separator && refused.indexOf(c) < 0;
    }
}
