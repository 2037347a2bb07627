package org.postbag.normalising.mail;

/** Text that flows as on a page: white space is one space, and lines and paragraphs begin where they are asked for. */
final class PageText {

    private static final int QUOTE_DEPTH_MAX = 20;
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();
    private int preformatted;
    private int quotes;
    private int indents;
    private int lineEnds;
    private boolean lineStarted;
    private boolean space;
    private String lineMark = "";
    /** The mark of an item stands there, and its text is to follow on the same line, whatever blocks it is in. */
    private boolean marked;

    private boolean row;
    /** A cell ended, and what follows on the line stands in another. */
    private boolean between;

    String text() {
        return out.toString();
    }

    void write(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' && preformatted > 0) {
                lineBreak();
            } else if (c == ' ' && preformatted > 0) {
                begin();
                out.append(c);
            } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\u00a0') {
                space = true;
            } else if (!TextLines.isUnseen(c)) {
                begin();
                out.append(c);
            }
        }
    }

    /** What lines begin with from here on: see {@link QuotedLines}. */
    void lineMark(String mark) {
        lineMark = mark;
    }

    /** The number or sign before an item. */
    void mark(String mark) {
        write(mark);
        marked = true;
    }

    void lineBreak() {
        marked = false;
        between = false;
        lineStarted = false;
        space = false;
        lineEnds = Math.min(lineEnds + 1, 2);
    }

    /** What follows begins a line. */
    void line() {
        if (row) {
            space = true;
        } else if (lineStarted && !marked) {
            lineBreak();
        }
    }

    /** What follows begins a paragraph. */
    void paragraph() {
        if (row) {
            space = true;
        } else if (!marked) {
            between = false;
            lineStarted = false;
            space = false;
            lineEnds = 2;
        }
    }

    void quote() {
        marked = false;
        paragraph();
        quotes++;
    }

    void endQuote() {
        marked = false;
        paragraph();
        quotes--;
    }

    void preformatted() {
        paragraph();
        preformatted++;
    }

    void endPreformatted() {
        preformatted--;
        paragraph();
    }

    /** What follows up to the end of the row stays on one line, if it is a row of data. */
    void row(boolean data) {
        row = data;
    }

    void cell(boolean first) {
        between |= lineStarted && !first;
        space = true;
    }

    /** How far in the next lines begin. */
    void indent(int levels) {
        indents = levels;
    }

    private void begin() {
        if (!lineStarted) {
            if (!out.isEmpty()) {
                out.repeat('\n', Math.max(1, lineEnds));
            }
            out.append(lineMark);
            out.repeat("> ", Math.min(quotes, QUOTE_DEPTH_MAX)).repeat(INDENT, indents);
            lineStarted = true;
        } else if (space) {
            out.append(between ? " | " : " ");
        }
        marked = false;
        between = false;
        space = false;
        lineEnds = 0;
    }
}
