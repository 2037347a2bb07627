package org.postbag.staff.access;

/** Why a sign-in was refused, as far as the page says. Whether the username exists is never told. */
public enum SignInFailure {
    WRONG,
    TOO_MANY_TRIES,
    SERVER_AWAY;

    /** The request attribute that carries it to the page. */
    public static final String ATTRIBUTE = "signInFailure";
}
