package org.postbag.mail;

import jakarta.mail.AuthenticationFailedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why a mail server gives or takes nothing and what to do, in words of ours: what a server says may quote anything.
 *
 * @param byToken whether it is signed in to by token, else by password
 * @param toEncrypt how the connection is set to be encrypted, completing "...; "
 */
public record MailFault(boolean byToken, String toEncrypt) {

    private static final int CAUSES_MAX = 20;

    public String words(Throwable away) {
        return switch (away) {
            case AccessTokens.NoToken none -> String.valueOf(none.getMessage());
            case AuthenticationFailedException _ -> signIn();
            default -> wire(away);
        };
    }

    private String signIn() {
        return byToken
                ? "the mail server does not take the sign-in by token; see whether the application was let in to this mailbox, and whether its scope is right"
                : "the mail server does not take the sign-in; check user and password in the settings";
    }

    private String wire(Throwable away) {
        if (has(away, CertificateException.class)
                || has(away, CertPathValidatorException.class)
                // Angus tells by a bare exception what the JDK tells by one of certificates.
                || says(away, "verify identity of server")) {
            return "the mail server's certificate is not to be trusted: " + certificate(away) + ". Nothing was sent";
        }
        if (says(away, "No login methods")) {
            return "the mail server takes no password over a connection that is not encrypted; " + toEncrypt;
        }
        if (says(away, "STARTTLS")) {
            return "the mail server offers no encryption (STARTTLS), without which nothing is said to another machine; "
                    + toEncrypt + ". Nothing was sent";
        }
        if (has(away, SSLException.class)) {
            return "there is no encrypted connection to the mail server; " + toEncrypt
                    + ", and see whether the server knows TLS 1.2. Nothing was sent";
        }
        if (has(away, UnknownHostException.class)) {
            return "the mail server's name is not known; check the host in the settings";
        }
        if (has(away, ConnectException.class) || has(away, NoRouteToHostException.class)) {
            return "the mail server does not answer; see whether it runs, and whether host and port in the settings are right";
        }
        return has(away, SocketTimeoutException.class)
                ? "the mail server takes too long to answer"
                : "the connection to the mail server broke off (%s)"
                        .formatted(away.getClass().getSimpleName());
    }

    private static String certificate(Throwable away) {
        if (has(away, CertificateExpiredException.class)) {
            return "it has expired; have it renewed on the server";
        }
        if (has(away, CertificateNotYetValidException.class)) {
            return "it is not valid yet; check the clocks of this machine and of the server";
        }
        return has(away, CertPathValidatorException.class) || has(away, CertPathBuilderException.class)
                ? "nobody whom this machine trusts has signed it; name a file with the certificate of who did in the settings"
                : "it is another server's; set the host to a name that the certificate has";
    }

    private static boolean has(Throwable first, Class<? extends Throwable> kind) {
        return causes(first).anyMatch(kind::isInstance);
    }

    private static boolean says(Throwable first, String words) {
        return causes(first)
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(words));
    }

    private static Stream<Throwable> causes(Throwable first) {
        return Stream.iterate(first, Objects::nonNull, Throwable::getCause).limit(CAUSES_MAX);
    }
}
