package org.postbag.enquiries;

/** A server that filing needs is away: nothing was lost, and the same items are to be filed again when it is back. */
public class ServerAway extends RuntimeException {

    ServerAway(Throwable cause) {
        super("Filing waits for a server that is away", cause);
    }
}
