package org.postbag.receiving.messages;

import java.util.List;
import java.util.regex.Pattern;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.SecretValues;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * X's account activity webhook.
 *
 * @see <a href="https://docs.x.com/x-api/webhooks/quickstart">Webhooks: challenge-response checks, validating the signature header</a>
 */
@Component("xWebhook")
final class XWebhook extends Webhook {

    /** X asks us to sign a text of its choice with the secret that signs its calls, so nothing is signed that could be the body of a call. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/=_-]{1,200}");

    private final XMedia media;

    XWebhook(Receiver receiver, XMedia media, SecretValues secrets) {
        super(receiver, secrets);
        this.media = media;
    }

    @Override
    WebhookAnswer prove(WebhookCall.Challenge challenge, Settings settings) {
        var token = challenge.parameter("crc_token");
        var secrets = settings.secrets();
        if (!TOKEN.matcher(token).matches() || secrets.isEmpty()) {
            return new WebhookAnswer.Malformed("This is not a challenge-response check");
        }
        var answer = JsonMapper.shared()
                .createObjectNode()
                .put("response_token", Signatures.base64(token, secrets.getFirst()));
        return new WebhookAnswer.Proof("application/json", answer.toString());
    }

    @Override
    boolean isSigned(WebhookCall.Delivery delivery, List<String> secrets) {
        return Signatures.isBase64(delivery.signature(), delivery.body(), secrets);
    }

    @Override
    Cut cut(byte[] body, String route, Settings settings) {
        return media.fetch(
                XBatch.cut(body, route, ""), XMedia.Hosts.open(settings.list("mediaHosts")), XMedia.WEBHOOK_TIME_MAX);
    }
}
