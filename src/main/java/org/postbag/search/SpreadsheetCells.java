package org.postbag.search;

/**
 * Text for cells of spreadsheets. What others wrote may be made to be run as a formula when the file is opened, to send what stands beside it to a stranger; so
 * what begins as one gets an apostrophe before it, by which spreadsheets know text (OWASP, CSV Injection).
 */
final class SpreadsheetCells {

    /** What Excel takes in a cell. */
    static final int LENGTH_MAX = 32_767;

    /** The signs that begin a formula, as they are written in East Asia too, and those that are skipped before one. */
    private static final String BEGIN_FORMULAS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static final String CUT = " … (cut)";

    private SpreadsheetCells() {}

    /** The text as it may stand in a cell. */
    static String text(String written) {
        var text = written.isEmpty() || BEGIN_FORMULAS.indexOf(written.charAt(0)) < 0 ? written : "'" + written;
        if (text.length() <= LENGTH_MAX) {
            return text;
        }
        int end = LENGTH_MAX - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
