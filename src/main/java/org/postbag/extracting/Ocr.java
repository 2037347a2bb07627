package org.postbag.extracting;

/** Reads the text of a page from its picture, whichever way up the page lies. One page at a time. */
interface Ocr extends AutoCloseable {

    /** Never throws for what a picture shows: a page without a word is an empty text. */
    OcrText read(GrayPage page);

    @Override
    void close();

    /**
     * What stands on a page.
     *
     * @param text in reading order; lines end in {@code \n}, paragraphs in an empty line
     * @param confidence the mean over its words, from 0 to 100; 0 where there is none
     */
    record OcrText(String text, int confidence) {}
}
