package org.postbag.extracting;

import java.io.Closeable;
import java.io.IOException;

/** The pages of a scan, PDF or pictures, opened. Used by one thread. */
interface Scan extends Closeable {

    /** What one page may have, in dots: A3 at 600 dots per inch; larger ones are made smaller while they are read. */
    int DOTS_MAX = 40_000_000;

    int pageCount();

    /** What the page says as text; empty where it is a picture only. */
    String text(int page) throws IOException;

    /**
     * A page as a picture.
     *
     * @param dpi of pages that have no dots of their own; pictures are given as they are, but with no more than {@link #DOTS_MAX} dots
     * @throws IOException if it can't be read
     */
    GrayPage picture(int page, int dpi) throws IOException;

    /**
     * A page as people look at it.
     *
     * @param width in dots, at most
     * @throws IOException if it can't be shown
     */
    ColourPage shown(int page, int width) throws IOException;

    /** Pages as a file of their own, of the same kind. */
    byte[] pages(int from, int to) throws IOException;
}
