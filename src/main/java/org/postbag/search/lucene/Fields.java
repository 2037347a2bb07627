package org.postbag.search.lucene;

/** The fields of a document beside those that words are looked for in, which are the places' own, and facets, which have theirs. */
final class Fields {

    static final String ID = "id";
    static final String VERSION = "version";
    static final String REFERENCE = "reference";
    static final String RECEIVED = "received";
    static final String CHECKSUM = "checksum";
    /** When it was written, in milliseconds; neither found nor sorted by. */
    static final String WRITTEN = "written";

    static final String KEPT_UNTIL = "kept_until";

    private Fields() {}
}
