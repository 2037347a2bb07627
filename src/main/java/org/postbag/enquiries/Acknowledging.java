package org.postbag.enquiries;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.postbag.mail.SmtpServer;
import org.postbag.settings.MissingSetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sends the acknowledgements that are due, one after the other; on any number of nodes. */
@Component
@ConditionalOnProperty("postbag.acknowledgement.enabled")
@Profile("!command")
class Acknowledging {

    private static final int AT_ONCE_MAX = 100;
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledging.class);

    private final Acknowledgements acknowledgements;
    private final AcknowledgementMail mail;
    private final SmtpServer server;
    private final Clock clock;
    /** Said once until it changes: while the server is away, each of them fails for the same reason. */
    private @Nullable String said;

    /** @throws MissingSetting if there is no server to send by */
    Acknowledging(
            Acknowledgements acknowledgements,
            AcknowledgementSettings settings,
            AcknowledgingBody body,
            SmtpServer server,
            MessageSource messages,
            Clock clock) {
        if (!server.isThere()) {
            throw new MissingSetting("postbag.smtp.host", "the server that acknowledgements are sent by");
        }
        this.acknowledgements = acknowledgements;
        this.mail = new AcknowledgementMail(settings, body, messages);
        this.server = server;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT2S")
    void sendDue() {
        for (int left = AT_ONCE_MAX; left > 0; left--) {
            var due = acknowledgements.next();
            if (due.isEmpty() || !send(due.get())) {
                return;
            }
        }
    }

    /** @return false where the server takes none now */
    private boolean send(Acknowledgements.Due due) {
        InternetAddress to;
        try {
            to = new InternetAddress(due.address(), true);
        } catch (AddressException none) {
            acknowledgements.refused(due, "no mail can be sent to this address");
            return true;
        }
        var outcome = server.send(mail.of(to, due.reference(), due.messageId(), due.language(), clock.instant()), to);
        switch (outcome) {
            case SmtpServer.Taken _ -> acknowledgements.sent(due);
            case SmtpServer.Refused refused -> acknowledgements.refused(due, refused.reason());
            case SmtpServer.Unsure _ -> acknowledgements.unsure(due);
            case SmtpServer.NotNow away -> acknowledgements.later(due, away.reason());
        }
        return !isAway(outcome);
    }

    private boolean isAway(SmtpServer.Outcome outcome) {
        var reason = outcome instanceof SmtpServer.NotNow away ? away.reason() : null;
        if (reason != null && !reason.equals(said)) {
            LOG.warn("Acknowledgements wait: {}", reason);
        } else if (reason == null && said != null) {
            LOG.info("Acknowledgements are sent again");
        }
        said = reason;
        return reason != null;
    }
}
