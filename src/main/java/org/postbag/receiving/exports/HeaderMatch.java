package org.postbag.receiving.exports;

/** What comes of holding a row against a profile: it is the header, or how it differs. */
sealed interface HeaderMatch permits Header, HeaderMatch.Difference {

    /**
     * @param text naming columns, never cells
     * @param matched how many of the columns needed were there
     */
    record Difference(String text, int matched) implements HeaderMatch {}
}
