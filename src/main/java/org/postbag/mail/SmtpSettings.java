package org.postbag.mail;

import java.net.URI;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The server that mail is sent by. With a {@code tokenUrl} it is signed in to by access token, as Microsoft 365 requires; else by password, or not at all
 * where no user is named.
 *
 * @param host null where nothing is sent
 * @param certificates file of certificates (PEM) that are trusted in place of Java's authorities, or null
 * @param username of the mailbox that sends
 * @param scope what the token is to be good for
 * @param secretEnds the last day on which the client secret is good, where somebody knows
 */
@ConfigurationProperties("postbag.smtp")
public record SmtpSettings(
        @Nullable String host,
        @DefaultValue("587") int port,
        @DefaultValue("starttls") Security security,
        @Nullable String certificates,
        @Nullable String username,
        @Nullable String password,
        @Nullable URI tokenUrl,
        @Nullable String clientId,
        @Nullable String clientSecret,

        @DefaultValue("https://outlook.office365.com/.default")
        String scope,

        @Nullable LocalDate secretEnds) {

    private static final int PORT_MAX = 65_535;

    public SmtpSettings {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("postbag.smtp.port: from 1 to " + PORT_MAX);
        }
        if (tokenUrl != null && (clientId == null || clientSecret == null || username == null)) {
            throw new IllegalArgumentException(
                    "postbag.smtp.token-url: needs postbag.smtp.client-id, .client-secret and .username too");
        }
        if (security == Security.NONE && (password != null || tokenUrl != null)) {
            throw new IllegalArgumentException(
                    "postbag.smtp.security: none sends no password; set starttls or tls, or leave the password out");
        }
    }

    /** How the connection is kept from being read by others. */
    public enum Security {
        /** Begins in the clear and is encrypted before anything is said (RFC 3207); a server that can't is not sent to. */
        STARTTLS,
        /** Encrypted from the start (RFC 8314). */
        TLS,
        /** Within one machine only. */
        NONE
    }
}
