package org.postbag.receiving.exports;

import java.io.IOException;

/** The export can't be cut, or no further: it is held whole. The message is for staff, and without personal data. */
final class BrokenExport extends IOException {

    private static final long serialVersionUID = 1;

    BrokenExport(String reason) {
        super(reason);
    }

    BrokenExport(String reason, Throwable cause) {
        super(reason, cause);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
