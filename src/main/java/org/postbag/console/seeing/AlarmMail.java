package org.postbag.console.seeing;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.postbag.console.seeing.AlarmTable.ToTell;
import org.postbag.mail.SmtpServer;
import org.postbag.settings.MissingSetting;
import org.postbag.staff.UkTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells of alarms by mail: once when one begins, and once when it is over. */
@Component
@ConditionalOnProperty("postbag.alarms.mail-to")
@Profile("!command")
class AlarmMail {

    /** What happened longer ago is no news: mail was switched on, or was away, since. */
    private static final Duration NEWS = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(AlarmMail.class);

    private final AlarmTable table;
    private final SmtpServer server;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final List<InternetAddress> to;
    private final InternetAddress from;

    /** @throws MissingSetting if there is no server to send by */
    AlarmMail(
            AlarmTable table,
            AlarmSettings settings,
            @Value("${postbag.body.email}") String body,
            SmtpServer server,
            TransactionTemplate transaction,
            Clock clock) {
        if (!server.isThere()) {
            throw new MissingSetting("postbag.smtp.host", "the server that alarms are sent by");
        }
        this.table = table;
        this.server = server;
        this.transaction = transaction;
        this.clock = clock;
        this.to = settings.mailTo().stream()
                .map(address -> address(address, "postbag.alarms.mail-to"))
                .toList();
        this.from = address(settings.from() == null ? body : settings.from(), "postbag.alarms.from");
    }

    private static InternetAddress address(String address, String setting) {
        try {
            return new InternetAddress(address, true);
        } catch (AddressException none) {
            throw new IllegalArgumentException(setting + ": not an email address", none);
        }
    }

    @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT10S")
    void tell() {
        try {
            transaction.executeWithoutResult(_ -> table.toTell(clock.instant().minus(NEWS)).stream()
                    .filter(this::send)
                    .forEach(alarm -> table.told(alarm, clock.instant())));
        } catch (DataAccessException away) {
            LOG.debug("Alarms can't be told now", away);
        }
    }

    /** @return whether it is told: not where the server takes no mail now, then it is tried again */
    private boolean send(ToTell alarm) {
        boolean told = true;
        for (var address : to) {
            var outcome = server.send(mail(alarm, address, clock.instant()), address);
            if (outcome instanceof SmtpServer.NotNow away) {
                LOG.warn("An alarm about route {} waits to be mailed: {}", alarm.route(), away.reason());
                told = false;
            } else if (outcome instanceof SmtpServer.Refused refused) {
                LOG.warn("An alarm about route {} was not mailed: {}", alarm.route(), refused.reason());
            }
        }
        return told;
    }

    private MimeMessage mail(ToTell alarm, InternetAddress address, Instant now) {
        try {
            var mail = new MimeMessage((Session) null);
            mail.setFrom(from);
            mail.setRecipient(RecipientType.TO, address);
            mail.setSentDate(Date.from(now));
            mail.setSubject(subject(alarm), UTF_8.name());
            mail.setText(text(alarm), UTF_8.name());
            mail.setHeader("Auto-Submitted", "auto-generated");
            mail.setHeader("X-Auto-Response-Suppress", "All");
            mail.setHeader("X-Postbag-Loop", "1");
            mail.saveChanges();
            return mail;
        } catch (MessagingException impossible) {
            throw new IllegalStateException("A mail about an alarm could not be written", impossible);
        }
    }

    static String subject(ToTell alarm) {
        return alarm.begins()
                ? "Postbag: %s: %s"
                        .formatted(alarm.route(), alarm.kind().label().toLowerCase(Locale.UK))
                : "Postbag: %s: over: %s"
                        .formatted(alarm.route(), alarm.kind().label().toLowerCase(Locale.UK));
    }

    static String text(ToTell alarm) {
        return alarm.begins()
                ? "%s\n\nRoute: %s\nAlarm since: %s\n\nSee Routes in Postbag. You are told once more when it is over.\n"
                        .formatted(alarm.words(), alarm.route(), UkTime.dateTime(alarm.since()))
                : "What was told about the route %s on %s is over:\n\n%s\n"
                        .formatted(alarm.route(), UkTime.dateTime(alarm.since()), alarm.words());
    }
}
