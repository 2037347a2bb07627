package org.postbag.receiving.mailbox;

import java.time.Clock;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.mail.JavaMailSender;
import org.apache.camel.component.mail.MailAuthenticator;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailEndpoint;
import org.postbag.receiving.SourcePositions;

/** camel-mail's endpoint, read by {@link MailboxConsumer}. */
final class MailboxEndpoint extends MailEndpoint {

    private final MailAuthenticator signIn;
    private final Clock clock;
    private final SourcePositions positions;
    private final long mailBytesMax;

    MailboxEndpoint(
            String uri,
            MailboxComponent component,
            MailConfiguration configuration,
            MailAuthenticator signIn,
            Clock clock,
            SourcePositions positions,
            long mailBytesMax) {
        super(uri, component, configuration);
        this.signIn = signIn;
        this.clock = clock;
        this.positions = positions;
        this.mailBytesMax = mailBytesMax;
    }

    @Override
    public Consumer createConsumer(Processor processor, JavaMailSender sender) throws Exception {
        var consumer =
                new MailboxConsumer(this, processor, sender.getSession(), signIn, clock, positions, mailBytesMax);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("A mailbox is only read from");
    }
}
