package org.postbag.extracting;

import java.io.IOException;

/** A file that can't be opened, and why. */
final class Unopened extends IOException {

    private static final long serialVersionUID = 1;

    private final FileText.Reason reason;

    Unopened(FileText.Reason reason) {
        super(reason.code());
        this.reason = reason;
    }

    FileText.Reason reason() {
        return reason;
    }
}
