package org.postbag.contacts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Claim;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Party;
import org.postbag.normalising.Sender;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.ReceiptId;

/**
 * What an item tells about who wrote it.
 *
 * @param movesClock whether a person wrote to us: not for a bounce, an auto-reply or what we sent
 * @param to whom it was sent to
 * @param failed the addresses that a delivery report names: the first of them says whose it is, since its sender is a program
 * @param placed where it is known already whose it is: what we sent is on a contact that is there
 * @param chosen the contact that a member of staff said it is, which decides before all else; null where they said none
 * @param hardToRead whether a person should look at what it says
 */
public record Appearance(
        ReceiptId receipt,
        Channel channel,
        Direction direction,
        Instant receivedAt,
        boolean movesClock,
        Sender sender,
        List<Party> to,
        List<Claim> claims,
        List<EmailAddress> failed,
        @Nullable Placed placed,
        @Nullable Long chosen,
        boolean hardToRead) {

    /**
     * Whose an item is, by other than its sender. It makes no contact, and changes none.
     *
     * @param because why, in words without personal data
     */
    public record Placed(long contactId, String because) {}

    /** What neither we nor a member of staff wrote came in, whatever route it took. */
    public Appearance asInbound() {
        return new Appearance(
                receipt,
                channel,
                Direction.INBOUND,
                receivedAt,
                movesClock,
                sender,
                to,
                claims,
                failed,
                null,
                chosen,
                hardToRead);
    }

    public Appearance placed(Placed on) {
        return new Appearance(
                receipt,
                channel,
                direction,
                receivedAt,
                movesClock,
                sender,
                to,
                claims,
                failed,
                on,
                chosen,
                hardToRead);
    }

    /** What we sent moves no date. */
    @Override
    public boolean movesClock() {
        return movesClock && direction == Direction.INBOUND;
    }

    public Appearance {
        to = List.copyOf(to);
        claims = List.copyOf(claims);
        failed = List.copyOf(failed);
    }
}
