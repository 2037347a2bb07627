package org.postbag.receiving.exports;

import java.io.IOException;

/** The export can't be cut, or no further: it is held whole. The message is for staff, and without personal data. */
final class BrokenExport extends IOException {

    private static final long serialVersionUID = 1;

    private int columnsMatched;

    BrokenExport(String reason) {
        super(reason);
    }

    BrokenExport(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** @param columnsMatched how many of the columns that the profile needs were there */
    BrokenExport(String reason, int columnsMatched) {
        super(reason);
        this.columnsMatched = columnsMatched;
    }

    int columnsMatched() {
        return columnsMatched;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
