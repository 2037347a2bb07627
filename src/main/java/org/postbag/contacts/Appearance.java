package org.postbag.contacts;

import java.time.Instant;
import java.util.List;
import org.postbag.normalising.Claim;
import org.postbag.normalising.Party;
import org.postbag.normalising.Sender;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.ReceiptId;

/**
 * What an item tells about who wrote it.
 *
 * @param movesClock whether a person wrote to us: not for a bounce, an auto-reply or what we sent
 * @param to whom it was sent to: what we sent belongs to its first recipient
 */
public record Appearance(
        ReceiptId receipt,
        Channel channel,
        Direction direction,
        Instant receivedAt,
        boolean movesClock,
        Sender sender,
        List<Party> to,
        List<Claim> claims) {

    public Appearance {
        to = List.copyOf(to);
        claims = List.copyOf(claims);
    }
}
