package org.postbag.audit;

/** What was done or seen. */
public enum Action {
    LOOKED("looked"),
    SEARCHED("searched"),
    DOWNLOADED("downloaded"),
    FILED("filed"),
    RECORDED("recorded"),
    ACKNOWLEDGED("acknowledged"),
    IMPORTED("imported"),
    CREATED("created"),
    CORRECTED("corrected"),
    CHANGED("changed"),
    NOTED("noted"),
    UNDONE("undid"),
    CONFIRMED("confirmed"),
    DECIDED("decided"),
    DISMISSED("dismissed"),
    QUARANTINED("quarantined"),
    SET_RIGHT("mended"),
    SENT_AGAIN("sent again"),
    REPLAYED("replayed"),
    DISCARDED("discarded"),
    RESTORED("restored"),
    ERASED("erased"),
    RULE_CHANGED("rule changed"),
    ROUTE_CHANGED("route changed"),
    REBUILT("rebuilt the search index"),
    COMPARED("compared the search index with the record"),
    MENDED("mended the search index"),
    SIGNED_IN("signed in"),
    SIGN_IN_FAILED("sign-in failed"),
    SIGNED_OUT("signed out"),
    REFUSED("refused");

    private final String label;

    Action(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
