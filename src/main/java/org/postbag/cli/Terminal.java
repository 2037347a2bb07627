package org.postbag.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Where a command prints: results on standard output, everything else on standard error, both in UTF-8. */
final class Terminal implements AutoCloseable {

    /** To the beginning of the line, and what stands there away (ECMA-48, 8.3.41). */
    private static final String CLEAR = "\r\u001b[K";

    private final Writer out;
    private final Writer err;
    private boolean shows;

    Terminal(OutputStream out, OutputStream err) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.err = new OutputStreamWriter(err, StandardCharsets.UTF_8);
    }

    /** @throws ClosedOutput when nobody reads any more, as with {@code | head}, or the output can't be written */
    void print(String line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException closed) {
            throw new ClosedOutput(closed);
        }
    }

    /** Progress and problems; these must be seen at once, and never mix with the results. Who closed standard error wants none of them. */
    void tell(String line) {
        try {
            err.write(shows ? CLEAR : "");
            shows = false;
            err.write(line);
            err.write('\n');
            err.flush();
        } catch (IOException closed) {
            return;
        }
    }

    /** How far long work is, on one line of a terminal that the next one replaces. */
    void show(String line) {
        try {
            err.write(CLEAR + line);
            err.flush();
            shows = true;
        } catch (IOException closed) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            out.flush();
        } catch (IOException closed) {
            throw new ClosedOutput(closed);
        }
    }

    /** Nothing more can be printed. */
    static final class ClosedOutput extends UncheckedIOException {

        private static final long serialVersionUID = 1L;

        ClosedOutput(IOException cause) {
            super(cause);
        }

        /** Whether the reader of our output has gone, so that there is nobody left to tell; else the output itself failed. */
        boolean isReaderGone() {
            return String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
        }
    }
}
