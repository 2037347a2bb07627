package org.postbag.extracting;

/** A page of a file from outside as a picture that is safe to show, or why there is none. */
public sealed interface PagePicture {

    /**
     * @param png drawn by us: nothing in it is the sender's but what it shows
     * @param pageCount how many pages the file has
     */
    record Shown(byte[] png, int pageCount) implements PagePicture {}

    record NotShown(FileText.Reason reason) implements PagePicture {}
}
