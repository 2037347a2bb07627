package org.postbag.receiving;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.MailMessage;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.springframework.stereotype.Component;

/**
 * Hands a mail that a poll found to {@link Receiver}. Camel moves the mail when this returns, and leaves it for the next poll when this throws. (Gathering a
 * poll's mails by Camel's aggregator was tried: the aggregator ends each mail's own exchange, and so moves the mail, before the gathered ones are durable.)
 */
@Component("mailArrivals")
class MailArrivals {

    private static final int BYTES_MIN = 1_024;

    private final Receiver receiver;

    MailArrivals(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Takes in the raw bytes exactly as the server gives them. */
    public void receive(Exchange exchange, String route) throws MessagingException, IOException {
        var raw = raw(
                Objects.requireNonNull(exchange.getMessage(MailMessage.class)).getOriginalMessage());
        receiver.receive(List.of(Identity.mail(route, Direction.INBOUND, raw)));
    }

    private static byte[] raw(Message message) throws MessagingException, IOException {
        var bytes = new ByteArrayOutputStream(Math.max(BYTES_MIN, message.getSize()));
        if (message instanceof IMAPMessage imap) {
            imap.setPeek(true);
            try (var stream = imap.getMimeStream()) {
                stream.transferTo(bytes);
            }
        } else {
            message.writeTo(bytes);
        }
        return bytes.toByteArray();
    }
}
