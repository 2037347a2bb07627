package org.postbag.search;

/** What is wrong with the search index or its engine, in words for staff. What was filed is safe whichever it is, and the index follows by itself afterwards. */
public enum Trouble {
    MISSING("There is no search index", "It is being built from the record by itself."),
    DAMAGED("The search index is damaged", "It is being built anew from the record by itself."),
    OTHER_FORM(
            "The search index was made by another version of Postbag",
            "It is being built anew by itself. Until that is done the old one answers."),
    OTHER_RECORD(
            "The search index is not of this record, as after a restore from a backup",
            "It is being built anew by itself. Until that is done the old one answers."),
    AWAY("The search engine does not answer", "Whoever runs Elasticsearch sees to it that it runs and can be reached."),
    SLOW("The search engine answers too late", "Whoever runs Elasticsearch looks why it has too much to do."),
    FULL(
            "The search index can’t be written: its disk is full",
            "Somebody makes room on the disk of the search index. What was indexed before is still found."),
    READ_ONLY(
            "The search engine takes no changes: somebody made the index read-only",
            "Whoever runs Elasticsearch takes the block away. What was indexed before is still found."),
    OTHER_VERSION(
            "The search engine is of a version that Postbag does not work with",
            "Whoever runs Elasticsearch brings version 9 back."),
    NOT_LET_IN(
            "The search engine does not let Postbag in, or not do all that it has to",
            "Whoever runs Elasticsearch renews Postbag’s key or password, or its rights."),
    FAILED("The search index can’t be read or written just now", "The log of the program says why.");

    private final String what;
    private final String remedy;

    Trouble(String what, String remedy) {
        this.what = what;
        this.remedy = remedy;
    }

    /** What is wrong: a sentence without its full stop. */
    public String what() {
        return what;
    }

    /** What is done about it, and by whom: whole sentences. */
    public String remedy() {
        return remedy;
    }
}
