package org.postbag.receiving.mailbox;

import java.util.Map;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Identity;

/** Makes a mail into the item that a route would hand over, without handing it over. Pure. */
public final class MailPreview {

    private MailPreview() {}

    /**
     * @param content the mail, or its beginning where it is larger
     * @param size of the whole mail
     * @param sent whether the folder is one of sent mail
     * @param settings of the connector: {@code junk} and {@code copiesTo}
     */
    public static Arrival arrival(String route, byte[] content, long size, boolean sent, Map<String, String> settings) {
        boolean ours = sent || MailArrivals.isCopy(content, settings.getOrDefault("copiesTo", ""));
        var arrival = Identity.mail(route, ours ? Direction.OUTBOUND : Direction.INBOUND, content)
                .ofSize(size);
        return Boolean.parseBoolean(settings.getOrDefault("junk", "")) ? arrival.asJunk() : arrival;
    }
}
