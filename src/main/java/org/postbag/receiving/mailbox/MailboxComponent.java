package org.postbag.receiving.mailbox;

import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Endpoint;
import org.apache.camel.component.mail.MailAuthenticator;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailConfiguration;
import org.postbag.mail.AccessTokens;
import org.postbag.mail.TrustedCertificates;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourcePositions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * {@code mailbox:imaps://host:port}: camel-mail's {@code imaps://host:port} with its options, except that a poll's mails are one exchange, that without
 * {@code moveTo} mails stay where they are, and that {@code folderName} may be a special use (RFC 6154) such as {@code \\Sent}. The second annotation has
 * Camel set the options as it does for camel-mail.
 */
@Component("mailbox")
@org.apache.camel.spi.annotations.Component("imap")
public final class MailboxComponent extends MailComponent {

    private static final String NOT_SAID = "none";
    private static final String MAIL_SETTING = "mail.";

    private final Clock clock;
    private final SourcePositions positions;
    private final SecretValues secrets;
    private final long mailBytesMax;

    @Autowired
    public MailboxComponent(Clock clock, SourcePositions positions, SecretValues secrets) {
        this(clock, positions, secrets, Receiver.CONTENT_BYTES_MAX);
    }

    /** Where routes name no secrets. */
    public MailboxComponent(Clock clock, SourcePositions positions) {
        this(clock, positions, SecretValues.NONE, Receiver.CONTENT_BYTES_MAX);
    }

    /** Likewise. @param mailBytesMax of a mail that is larger, only the beginning is taken in */
    public MailboxComponent(Clock clock, SourcePositions positions, long mailBytesMax) {
        this(clock, positions, SecretValues.NONE, mailBytesMax);
    }

    private MailboxComponent(Clock clock, SourcePositions positions, SecretValues secrets, long mailBytesMax) {
        this.clock = clock;
        this.positions = positions;
        this.secrets = secrets;
        this.mailBytesMax = mailBytesMax;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        var configuration = getConfiguration().copy();
        configuration.configure(new URI(remaining));
        if (!Objects.requireNonNullElse(configuration.getProtocol(), "").startsWith("imap")) {
            throw new IllegalArgumentException("A mailbox is reached at mailbox:imaps://host:port");
        }
        // Jakarta Mail's own settings, such as mail.imaps.auth.mechanisms.
        parameters.entrySet().removeIf(setting -> {
            boolean own = setting.getKey().startsWith(MAIL_SETTING);
            if (own) {
                configuration.getAdditionalJavaMailProperties().put(setting.getKey(), setting.getValue());
            }
            return own;
        });
        encrypt(configuration, setting(parameters, "certificates"));
        var signIn = signIn(configuration, parameters);
        var endpoint = new MailboxEndpoint(uri, this, configuration, signIn, clock, positions, mailBytesMax);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** A password leaves this machine only encrypted, and to the server that is meant. */
    static void encrypt(MailConfiguration configuration, String certificates) {
        var mail = configuration.getAdditionalJavaMailProperties();
        var settings = MAIL_SETTING + configuration.getProtocol();
        if (configuration.getProtocol().equals("imap") && !isThisMachine(configuration.getHost())) {
            mail.put(settings + ".starttls.enable", "true");
            mail.put(settings + ".starttls.required", "true");
        }
        mail.put(settings + ".ssl.checkserveridentity", "true");
        if (!certificates.isEmpty() && !certificates.equals(NOT_SAID)) {
            mail.put(settings + ".ssl.socketFactory", TrustedCertificates.of(certificates));
            // Else what these do not trust is tried once more with those that Java trusts.
            mail.put(settings + ".socketFactory.fallback", "false");
        }
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }

    /**
     * By password, or with a {@code tokenUrl} by token. It is asked for at each connection, not by camel-mail's own setting, which asks once, when the route
     * starts: a token server that is away then would keep the route from starting at all.
     */
    private MailAuthenticator signIn(MailConfiguration configuration, Map<String, Object> parameters) {
        var tokenUrl = setting(parameters, "tokenUrl");
        if (tokenUrl.isEmpty()) {
            return new PasswordSignIn(
                    raw(Objects.requireNonNullElse(parameters.get("username"), "")),
                    raw(Objects.requireNonNullElse(parameters.get("password"), "")),
                    secrets);
        }
        for (var protocol : new String[] {"imap", "imaps"}) {
            configuration.getAdditionalJavaMailProperties().put("mail." + protocol + ".auth.mechanisms", "XOAUTH2");
        }
        var secretEnds = setting(parameters, "secretEnds");
        var clientSecret = setting(parameters, "clientSecret");
        var client = new AccessTokens.Client(
                URI.create(tokenUrl),
                setting(parameters, "clientId"),
                () -> secrets.reveal(clientSecret),
                setting(parameters, "scope"),
                raw(Objects.requireNonNullElse(parameters.get("username"), "")),
                secretEnds.equals(NOT_SAID) ? null : LocalDate.parse(secretEnds));
        return new AccessTokens(client, clock);
    }

    private static String setting(Map<String, Object> parameters, String name) {
        return raw(Objects.requireNonNullElse(parameters.remove(name), ""));
    }

    /** Camel keeps the mark of a value that it isn't to decode: {@code RAW(...)}. */
    private static String raw(Object value) {
        var text = value.toString();
        return text.startsWith("RAW(") && text.endsWith(")") ? text.substring(4, text.length() - 1) : text;
    }
}
