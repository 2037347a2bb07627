package org.postbag.receiving.mailbox;

import java.util.List;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Identity;
import org.postbag.receiving.Receiver;
import org.springframework.stereotype.Component;

/** Hands the mails of one batch to the receiver, under the name of the route that they came by. */
@Component("mailArrivals")
public final class MailArrivals {

    private final Receiver receiver;

    public MailArrivals(Receiver receiver) {
        this.receiver = receiver;
    }

    /** On return every mail is durable. Who each is takes a hash of all of it: so that is worked out in parallel. */
    public void receive(@Body List<FetchedMail> mails, Exchange exchange) {
        var route = Objects.requireNonNull(exchange.getFromRouteId());
        receiver.receive(mails.parallelStream()
                .map(mail ->
                        Identity.mail(route, Direction.INBOUND, mail.content()).ofSize(mail.size()))
                .toList());
    }
}
