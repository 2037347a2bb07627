package org.postbag.extracting;

/** A page of a file from outside as a picture that is safe to show, or why there is none. */
public sealed interface PagePicture {

    /**
     * @param picture drawn by us, PNG or JPEG: nothing in it is the sender's but what it shows
     * @param pageCount how many pages the file has
     */
    record Shown(byte[] picture, int pageCount) implements PagePicture {

        /** Its media type. */
        public String type() {
            return Kind.of(picture)
                    .filter(kind -> kind == Kind.JPEG)
                    .orElse(Kind.PNG)
                    .type();
        }
    }

    record NotShown(FileText.Reason reason) implements PagePicture {}
}
