package org.postbag.normalising.mail;

import com.ibm.icu.text.Bidi;
import com.ibm.icu.text.BidiTransform;
import java.util.stream.Collectors;

/**
 * Hebrew written as it stands on the screen, from left to right, as old programs did (RFC 1556), brought into the order in which it is read. Others call text
 * that is in the right order by the same name, so the letters tell: some have another form at the end of a word.
 */
final class VisualHebrew {

    private static final String FINAL_FORMS = "ךםןףץ";
    private static final int LINE_CHARS_MAX = 2_000;

    private VisualHebrew() {}

    /** The text in the order in which it is read, whichever it was in. */
    static String logical(String text) {
        return isVisual(text) ? text.lines().map(VisualHebrew::logicalLine).collect(Collectors.joining("\n")) : text;
    }

    private static boolean isVisual(String text) {
        int first = 0;
        int last = 0;
        for (int i = 0; i < text.length(); i++) {
            if (FINAL_FORMS.indexOf(text.charAt(i)) >= 0) {
                boolean after = i > 0 && isHebrew(text.charAt(i - 1));
                boolean before = i + 1 < text.length() && isHebrew(text.charAt(i + 1));
                first += before && !after ? 1 : 0;
                last += after && !before ? 1 : 0;
            }
        }
        return first > last;
    }

    private static boolean isHebrew(char c) {
        return c >= 'א' && c <= 'ת';
    }

    private static String logicalLine(String line) {
        if (line.length() > LINE_CHARS_MAX || line.chars().noneMatch(c -> isHebrew((char) c))) {
            return line;
        }
        return new BidiTransform()
                .transform(
                        line,
                        Bidi.LTR,
                        BidiTransform.Order.VISUAL,
                        Bidi.RTL,
                        BidiTransform.Order.LOGICAL,
                        BidiTransform.Mirroring.ON,
                        0)
                .strip();
    }
}
