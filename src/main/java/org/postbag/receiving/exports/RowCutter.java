package org.postbag.receiving.exports;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ExportRow;

/** Cuts an export into its rows, one at a time, so that a large one needs little memory. Empty rows are none. */
interface RowCutter extends Closeable {

    /**
     * The next row, or null after the last.
     *
     * @throws BrokenExport if the rest can't be cut; another {@link IOException} is a fault of the disk
     */
    @Nullable
    CutRow next() throws IOException;

    /** What the reader of the report should know of the export as a whole, such as columns that the profile doesn't know; naming no cell. */
    String notes();

    /** @param number from 1 for the first row after the header; empty rows are not counted */
    record CutRow(int number, ExportRow row) {}
}
