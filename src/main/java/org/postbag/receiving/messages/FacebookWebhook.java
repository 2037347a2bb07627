package org.postbag.receiving.messages;

import java.util.List;
import java.util.regex.Pattern;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.SecretValues;
import org.springframework.stereotype.Component;

/**
 * Messenger's webhook.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/webhooks/getting-started">Webhooks: verification requests, validating payloads</a>
 */
@Component("facebookWebhook")
final class FacebookWebhook extends Webhook {

    /** Sent back, so nothing that a browser could take for a page. */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{1,200}");

    FacebookWebhook(Receiver receiver, SecretValues secrets) {
        super(receiver, secrets);
    }

    @Override
    WebhookAnswer prove(WebhookCall.Challenge challenge, Settings settings) {
        var text = challenge.parameter("hub.challenge");
        if (!challenge.parameter("hub.mode").equals("subscribe")
                || !CHALLENGE.matcher(text).matches()) {
            return new WebhookAnswer.Malformed("This is not a verification request");
        }
        return Signatures.isSame(challenge.parameter("hub.verify_token"), settings.secret("verifyToken"))
                ? new WebhookAnswer.Proof("text/plain", text)
                : new WebhookAnswer.Refused();
    }

    @Override
    boolean isSigned(WebhookCall.Delivery delivery, List<String> secrets) {
        return Signatures.isHex(delivery.signature(), delivery.body(), secrets);
    }

    @Override
    Cut cut(byte[] body, String route, Settings settings) {
        return MessengerBatch.cut(body, route);
    }
}
