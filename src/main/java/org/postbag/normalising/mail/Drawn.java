package org.postbag.normalising.mail;

/** Lines that are drawn with marks instead of written, whole or at their ends. */
final class Drawn {

    private static final String MARKS = "-_=*~—–";
    /** Alone or two together, these begin the point of a list. */
    private static final String MARKS_OF_LISTS = "*#+";
    /** What a Gmail extension puts there. */
    private static final char TRACE = 'ᐧ';

    private static final int MARKS_MIN = 3;

    private Drawn() {}

    /** How many marks the line begins with. */
    static int before(String line) {
        int from = 0;
        while (from < line.length() && isSpace(line.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < line.length() && isMark(line.charAt(to))) {
            to++;
        }
        return to - from;
    }

    /** How many marks the line ends with. */
    static int after(String line) {
        int to = line.length();
        while (to > 0 && isSpace(line.charAt(to - 1))) {
            to--;
        }
        int from = to;
        while (from > 0 && isMark(line.charAt(from - 1))) {
            from--;
        }
        return to - from;
    }

    /** How many marks the line is made of; 0 where anything is written on it. */
    static int whole(String line) {
        int marks = 0;
        int listMarks = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (MARKS_OF_LISTS.indexOf(c) >= 0) {
                listMarks++;
            } else if (MARKS.indexOf(c) >= 0 || c == TRACE) {
                marks++;
            } else if (!isSpace(c)) {
                return 0;
            }
        }
        int all = marks + listMarks;
        return marks == 0 && all < MARKS_MIN ? 0 : all;
    }

    private static boolean isMark(char c) {
        return MARKS.indexOf(c) >= 0 || MARKS_OF_LISTS.indexOf(c) >= 0;
    }

    private static boolean isSpace(char c) {
        return c <= ' ' || c == '\u00a0';
    }
}
