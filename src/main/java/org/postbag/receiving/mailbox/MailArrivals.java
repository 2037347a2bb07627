package org.postbag.receiving.mailbox;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Identity;
import org.postbag.receiving.Receiver;
import org.springframework.stereotype.Component;

/** Hands the mails of one batch to the receiver, under the name of the route that they came by. */
@Component("mailArrivals")
public final class MailArrivals {

    /** The exchange's property that says whether the folder is where the mail server puts spam. */
    private static final String JUNK = "junk";

    /** The exchange's property with the address that copies of what we send come to, if there is one. */
    private static final String COPIES_TO = "copiesTo";

    private static final String NONE = "none";

    private final Receiver receiver;

    public MailArrivals(Receiver receiver) {
        this.receiver = receiver;
    }

    /** What came to the mailbox, and copies of what was sent, where the route says to which address those come. On return every mail is durable. */
    public void receive(@Body List<FetchedMail> mails, Exchange exchange) {
        receive(mails, mail -> isCopy(mail, exchange) ? Direction.OUTBOUND : Direction.INBOUND, exchange);
    }

    /** What was sent from the mailbox, likewise. Whether we wrote it is decided when it is filed. */
    public void receiveSent(@Body List<FetchedMail> mails, Exchange exchange) {
        receive(mails, _ -> Direction.OUTBOUND, exchange);
    }

    private static boolean isCopy(FetchedMail mail, Exchange exchange) {
        var copiesTo = exchange.getProperty(COPIES_TO, NONE, String.class);
        return copiesTo != null && isCopy(mail.content(), copiesTo);
    }

    static boolean isCopy(byte[] mail, String copiesTo) {
        return !copiesTo.isBlank() && !copiesTo.equals(NONE) && DeliveredTo.is(mail, copiesTo);
    }

    /** Who each is takes a hash of all of it: so that is worked out in parallel. */
    private void receive(List<FetchedMail> mails, Function<FetchedMail, Direction> direction, Exchange exchange) {
        boolean junk = Boolean.TRUE.equals(exchange.getProperty(JUNK, Boolean.class));
        var route = Objects.requireNonNull(exchange.getFromRouteId());
        receiver.receive(mails.parallelStream()
                .map(mail -> Identity.mail(route, direction.apply(mail), mail.content())
                        .ofSize(mail.size()))
                .map(arrival -> junk ? arrival.asJunk() : arrival)
                .toList());
    }
}
