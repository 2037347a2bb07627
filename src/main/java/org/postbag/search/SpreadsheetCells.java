package org.postbag.search;

import org.postbag.figures.Csv;

/** Text for cells of spreadsheets: no formula, whoever wrote it, and no more than a cell holds. */
final class SpreadsheetCells {

    /** What Excel takes in a cell. */
    static final int LENGTH_MAX = 32_767;

    private static final String CUT = " … (cut)";

    private SpreadsheetCells() {}

    /** The text as it may stand in a cell. */
    static String text(String written) {
        var text = Csv.harmless(written);
        if (text.length() <= LENGTH_MAX) {
            return text;
        }
        int end = LENGTH_MAX - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
