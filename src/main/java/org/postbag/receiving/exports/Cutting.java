package org.postbag.receiving.exports;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Arrival;

/** Cuts the files of a watched folder into items: an export into its rows, a batch of scans into letters. */
interface Cutting {

    /** Whether a file's end is there, as far as its kind tells: else more of it may come. */
    boolean endsWhole(Path file) throws IOException;

    /**
     * @throws BrokenExport if it can't be cut; another {@link IOException} is a fault of the disk
     */
    Items open(Path file, Source source) throws IOException;

    /**
     * Where a file came from.
     *
     * @param profile says how its items are read
     * @param hash of the whole file, keyed
     * @param came when it came, the same however often it is taken; null where nobody knows: then it is when it was last written
     */
    record Source(
            String route,
            String profile,
            String hash,
            @Nullable Instant came) {

        Source(String route, String profile, String hash) {
            this(route, profile, hash, null);
        }
    }

    /** The items of one file, one at a time, so that a large one needs little memory. */
    interface Items extends Closeable {

        /**
         * The next, with its place in the file as its row, or null after the last.
         *
         * @throws BrokenExport if the rest can't be cut; another {@link IOException} is a fault of the disk
         */
        @Nullable
        Arrival next() throws IOException;

        /** What the reader of the report should know of the file as a whole, without personal data. */
        String notes();
    }
}
