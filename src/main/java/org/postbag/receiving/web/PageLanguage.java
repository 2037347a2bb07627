package org.postbag.receiving.web;

import java.util.List;

/**
 * The language of one page that is shown, and its links to others. It goes with the address and the form, not with a cookie: whoever hasn't sent anything has none.
 *
 * @param asked the one that the browser asks for by itself; only the other has to be named in an address
 */
record PageLanguage(PublicLanguage current, PublicLanguage asked, String contextPath) {

    /** For what has no page. */
    static final PageLanguage ENGLISH = new PageLanguage(PublicLanguage.ENGLISH, PublicLanguage.ENGLISH, "");

    public String code() {
        return current.code();
    }

    public List<PublicLanguage> all() {
        return List.of(PublicLanguage.values());
    }

    public PublicLanguage other() {
        return current.other();
    }

    /** A page of ours in this language. */
    public String link(String path) {
        return contextPath + path + (current == asked ? "" : query(current));
    }

    /** The page that is shown, in the other language. It is relative: an address that nobody of us wrote, as error pages have, is not repeated. */
    public String otherLink() {
        return query(other());
    }

    private static String query(PublicLanguage language) {
        return "?" + VisitorLanguage.FIELD + "=" + language.code();
    }
}
