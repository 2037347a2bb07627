package org.postbag.receiving.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourceLook;
import org.springframework.stereotype.Component;
import twitter4j.TwitterException;
import twitter4j.TwitterObjectFactory;

/** Asks X for the latest direct message as a route would. How far the route came isn't touched, and pictures aren't fetched. */
@Component
public final class XLook {

    private static final int ANSWER_WAIT_MS = 8_000;

    private final SecretValues secrets;

    public XLook(SecretValues secrets) {
        this.secrets = secrets;
    }

    /** @param settings of the connector; secrets as handles */
    public void look(Map<String, String> settings, String route, SourceLook look) {
        look.begin("Ask X for the latest message");
        try {
            var twitter = XMessages.twitter(
                    name -> settings.getOrDefault(name, ""),
                    name -> secrets.reveal(settings.getOrDefault(name, "")),
                    ANSWER_WAIT_MS);
            var page = twitter.v1().directMessages().getDirectMessages(1);
            var body = ("{\"events\":" + TwitterObjectFactory.getRawJSON(page) + "}").getBytes(UTF_8);
            if (!(XBatch.cut(body, route, settings.getOrDefault("account", "")) instanceof Cut.Items cut)) {
                look.failed("X answered with what is no list of messages. Check the address of X's API.");
                return;
            }
            if (cut.items().isEmpty()) {
                look.well("X let us in. There is no message of the last thirty days.");
                return;
            }
            look.well(
                    "X let us in and gave the latest message. It counts as one of the fifteen questions of these fifteen minutes.");
            look.found(new SourceLook.Item(cut.items().getFirst()));
        } catch (SecretValues.NoSuchSecret none) {
            look.failed("T" + String.valueOf(none.getMessage()).substring(1) + ".");
        } catch (TwitterException refused) {
            look.failed(XProblem.words(refused));
        }
    }
}
