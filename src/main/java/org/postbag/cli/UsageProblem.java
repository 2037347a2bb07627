package org.postbag.cli;

/** What was typed cannot be done; the message is one line that says why and what to type instead. */
class UsageProblem extends Exception {

    private static final long serialVersionUID = 1L;

    UsageProblem(String message) {
        super(message);
    }
}
