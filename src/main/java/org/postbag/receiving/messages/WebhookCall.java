package org.postbag.receiving.messages;

import java.util.Map;

/** A call of a platform at our webhook, handed to the route that knows its secrets. */
public sealed interface WebhookCall {

    /** The platform asks whether the address is ours. @param query the parameters of its address, each once */
    record Challenge(Map<String, String> query) implements WebhookCall {

        public Challenge {
            query = Map.copyOf(query);
        }

        String parameter(String name) {
            return query.getOrDefault(name, "");
        }
    }

    /** @param signature the header that signs the raw body */
    record Delivery(byte[] body, String signature) implements WebhookCall {}
}
