package org.postbag.mail;

import jakarta.mail.AuthenticationFailedException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What is wrong with a mail server, in words for whoever runs the route. */
public final class MailFault {

    private static final int CAUSES_MAX = 20;

    private MailFault() {}

    /** In words of ours: what a server says may quote anything. */
    public static String words(Throwable away) {
        return switch (away) {
            case AccessTokens.NoToken none -> Objects.requireNonNullElse(none.getMessage(), "there is no token");
            case AuthenticationFailedException _ -> "the mail server does not take the sign-in";
            default -> connection(away);
        };
    }

    private static String connection(Throwable away) {
        if (causes(away)
                .anyMatch(cause ->
                        cause instanceof CertificateException || cause instanceof CertPathValidatorException)) {
            return "the mail server's certificate is not to be trusted: " + certificate(away);
        }
        if (causes(away).anyMatch(SSLException.class::isInstance)) {
            return "the connection to the mail server could not be encrypted; is it the right port?";
        }
        if (causes(away)
                .anyMatch(cause -> cause instanceof SocketException
                        || cause instanceof SocketTimeoutException
                        || cause instanceof UnknownHostException)) {
            return "the mail server does not answer";
        }
        // The only fault of Angus that is known by its words alone.
        return Objects.requireNonNullElse(away.getMessage(), "").startsWith("STARTTLS is required")
                ? "the mail server can't encrypt the connection"
                : away.getClass().getSimpleName();
    }

    private static String certificate(Throwable away) {
        if (causes(away).anyMatch(CertificateExpiredException.class::isInstance)) {
            return "it has expired";
        }
        return causes(away).anyMatch(CertPathValidatorException.class::isInstance)
                        || causes(away).anyMatch(CertPathBuilderException.class::isInstance)
                ? "nobody whom this machine trusts has signed it"
                : "it is another server's";
    }

    private static Stream<Throwable> causes(Throwable first) {
        return Stream.iterate(first, Objects::nonNull, Throwable::getCause).limit(CAUSES_MAX);
    }
}
