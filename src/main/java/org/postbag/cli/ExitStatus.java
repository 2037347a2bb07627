package org.postbag.cli;

/** What a command tells the shell. */
enum ExitStatus {
    DONE(0),
    FAILED(1),
    WRONG_INPUT(2);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
