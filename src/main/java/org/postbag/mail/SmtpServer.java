package org.postbag.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.Objects;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends mail by the body's own server. One mail, one connection: what is sent by a program is little. */
@Component
public final class SmtpServer {

    private static final String CONNECT_MILLISECONDS_MAX = "20000";
    private static final String ANSWER_MILLISECONDS_MAX = "60000";
    /** Answers from here on are for good (RFC 5321, 4.2.1). */
    private static final int FOR_GOOD = 500;

    private static final String TO_ENCRYPT = "set postbag.smtp.security to tls and postbag.smtp.port to its own (465)";

    private final SmtpSettings settings;
    private final MailFault fault;
    private final @Nullable SSLSocketFactory trusted;
    private final @Nullable AccessTokens tokens;

    public SmtpServer(SmtpSettings settings, Clock clock) {
        this.settings = settings;
        this.tokens = tokens(settings, clock);
        this.fault = new MailFault(tokens != null, TO_ENCRYPT);
        this.trusted = settings.certificates() == null ? null : TrustedCertificates.of(settings.certificates());
    }

    /** What became of a mail. The reasons are in words of ours, since a server may quote anything. */
    public sealed interface Outcome {}

    /** The server has it. */
    public record Taken() implements Outcome {}

    /** The server takes no mail for this address, or not this mail, and won't. */
    public record Refused(String reason) implements Outcome {}

    /** The server was not reached, or takes no mail now. It has nothing, so that trying again is safe. */
    public record NotNow(String reason) implements Outcome {}

    /** The connection broke before the server said whether it has it. Trying again may send it twice. */
    public record Unsure() implements Outcome {}

    /** Whether there is a server to send by. */
    public boolean isThere() {
        return settings.host() != null;
    }

    /** @param mail whole, with its {@code From}, which is the envelope's sender too */
    public Outcome send(MimeMessage mail, InternetAddress to) {
        Transport transport;
        try {
            transport = session().getTransport(isTls() ? "smtps" : "smtp");
            connect(transport);
        } catch (AuthenticationFailedException refused) {
            if (tokens != null) {
                tokens.forget();
            }
            return new NotNow(fault.words(refused));
        } catch (MessagingException | AccessTokens.NoToken away) {
            return new NotNow(fault.words(away));
        }
        var outcome = send(transport, mail, to);
        try {
            transport.close();
        } catch (MessagingException gone) {
            // What became of the mail was said before.
        }
        return outcome;
    }

    private void connect(Transport transport) throws MessagingException {
        var user = settings.username();
        var password = settings.password();
        if (tokens != null) {
            var signIn = tokens.getPasswordAuthentication();
            user = signIn.getUserName();
            password = signIn.getPassword();
        }
        transport.connect(settings.host(), settings.port(), user, password);
    }

    private static Outcome send(Transport transport, MimeMessage mail, InternetAddress to) {
        try {
            transport.sendMessage(mail, new Address[] {to});
            return new Taken();
        } catch (SMTPSendFailedException failed) {
            return isOfSender(failed)
                    ? new NotNow("the mail server takes no mail from this sender")
                    : outcome(failed.getReturnCode());
        } catch (SendFailedException failed) {
            return failed.getNextException() instanceof SMTPAddressFailedException address
                    ? outcome(address.getReturnCode())
                    : new Unsure();
        } catch (MessagingException broken) {
            return new Unsure();
        }
    }

    /** Whether it failed before anything was said of the address. */
    private static boolean isOfSender(SMTPSendFailedException failed) {
        return Objects.requireNonNullElse(failed.getCommand(), "").startsWith("MAIL");
    }

    private static Outcome outcome(int code) {
        if (code < 0) {
            return new Unsure();
        }
        return code >= FOR_GOOD
                ? new Refused("the mail server refuses it (" + code + ")")
                : new NotNow("the mail server does not take it now (" + code + ")");
    }

    private Session session() {
        var properties = new Properties();
        for (var protocol : new String[] {"smtp", "smtps"}) {
            var prefix = "mail." + protocol + ".";
            properties.put(prefix + "connectiontimeout", CONNECT_MILLISECONDS_MAX);
            properties.put(prefix + "timeout", ANSWER_MILLISECONDS_MAX);
            properties.put(prefix + "writetimeout", ANSWER_MILLISECONDS_MAX);
            properties.put(prefix + "ssl.checkserveridentity", "true");
            properties.put(prefix + "auth", Boolean.toString(settings.username() != null));
            if (tokens != null) {
                properties.put(prefix + "auth.mechanisms", "XOAUTH2");
            }
            if (trusted != null) {
                properties.put(prefix + "ssl.socketFactory", trusted);
                // Else what these do not trust is tried once more with those that Java trusts.
                properties.put(prefix + "socketFactory.fallback", "false");
            }
        }
        boolean starttls = settings.security() == SmtpSettings.Security.STARTTLS;
        properties.put("mail.smtp.starttls.enable", Boolean.toString(starttls));
        properties.put("mail.smtp.starttls.required", Boolean.toString(starttls));
        return Session.getInstance(properties);
    }

    private boolean isTls() {
        return settings.security() == SmtpSettings.Security.TLS;
    }

    private static @Nullable AccessTokens tokens(SmtpSettings settings, Clock clock) {
        if (settings.tokenUrl() == null) {
            return null;
        }
        var secret = Objects.requireNonNull(settings.clientSecret());
        return new AccessTokens(
                new AccessTokens.Client(
                        settings.tokenUrl(),
                        Objects.requireNonNull(settings.clientId()),
                        () -> secret,
                        settings.scope(),
                        Objects.requireNonNull(settings.username()),
                        settings.secretEnds()),
                clock);
    }
}
