package org.postbag.backlog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A file or folder with mails. Only looked at: nothing in it is changed or locked. */
public interface MailSource {

    Path path();

    /** How many bytes there are to read, as far as is known before. */
    long bytes();

    /**
     * Hands on what lies there, one at a time, so that a large source needs little memory.
     *
     * @param read is told how many more bytes were read
     * @throws IOException if the file can't be read further; what was handed on before is whole
     */
    void each(Consumer<Found> found, LongConsumer read) throws IOException;
}
