package org.postbag.search;

/** The index doesn't answer. Nothing is lost by it: what was filed stands in PostgreSQL, and the same search may be made again. */
public class SearchUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Trouble trouble;

    public SearchUnavailable(Trouble trouble, Throwable cause) {
        super("The search index does not answer", cause);
        this.trouble = trouble;
    }

    /** Why it doesn't. */
    public Trouble trouble() {
        return trouble;
    }
}
