package org.postbag.receiving.messages;

/** What a route says to a {@link WebhookCall}. */
public sealed interface WebhookAnswer {

    /** The address is ours. @param text the body of the answer, safe to send back */
    record Proof(String type, String text) implements WebhookAnswer {}

    /** Everything in it is durable. */
    record Taken(int items) implements WebhookAnswer {}

    /** It doesn't come from the platform, or its secret is another. */
    record Refused() implements WebhookAnswer {}

    /** It is signed, and yet can't be cut into items. @param why in words, without personal data */
    record Malformed(String why) implements WebhookAnswer {}
}
