package org.postbag.receiving.messages;

import twitter4j.TwitterException;

/** Why X gave nothing and what to do, in words of ours: what a server says may quote anything. */
final class XProblem {

    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;

    private XProblem() {}

    /** Whether it is the keys and tokens that X refuses. */
    static boolean isOfKeys(TwitterException refused) {
        return refused.getStatusCode() == UNAUTHORISED || refused.getStatusCode() == FORBIDDEN;
    }

    static String words(TwitterException refused) {
        int status = refused.getStatusCode();
        if (refused.exceededRateLimitation()) {
            return "X's limit of questions is used up. Ask again in fifteen minutes.";
        }
        if (isOfKeys(refused)) {
            return "X refuses the keys and tokens (" + status
                    + "). Check all four secrets, and that the app may read direct messages.";
        }
        if (refused.isCausedByNetworkIssue()) {
            return "X doesn't answer. Check the address of X's API, and whether this machine may reach it.";
        }
        return status < 0
                ? "X answered with what can't be read. Check the address of X's API."
                : "X answered with an error (" + status
                        + "). Try again later; if it stays, check the address of X's API.";
    }
}
