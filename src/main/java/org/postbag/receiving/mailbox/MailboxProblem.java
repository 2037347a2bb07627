package org.postbag.receiving.mailbox;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
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
import org.eclipse.angus.mail.iap.ProtocolException;
import org.postbag.mail.AccessTokens;
import org.postbag.receiving.ReceivingUnavailable;
import org.springframework.dao.DataAccessException;

/** Why a mailbox could not be read and what to do, in words of ours: what a server says may quote anything. */
final class MailboxProblem {

    private static final int CAUSES_MAX = 20;

    private MailboxProblem() {}

    /** @param byToken whether the route signs in by token, else by password */
    static String words(Throwable away, boolean byToken) {
        return switch (away) {
            case ReceivingUnavailable store -> String.valueOf(store.getMessage());
            case AccessTokens.NoToken none -> String.valueOf(none.getMessage());
            case FolderNotFoundException none -> "the mailbox has no such folder; name one that it has in the settings";
            case Mailbox.NotMade none ->
                "the folder that taken mails are moved to is not there, and the mail server does not let it be made; make it there, or name another";
            case DataAccessException none -> "the database does not answer, which keeps how far the folder was read";
            case OutOfMemoryError full -> "the program ran out of memory";
            case AuthenticationFailedException refused -> signIn(byToken);
            default -> wire(away);
        };
    }

    private static String signIn(boolean byToken) {
        return byToken
                ? "the mail server does not take the sign-in by token; see whether the application was let in to this mailbox, and whether its scope is right"
                : "the mail server does not take the sign-in; check user and password in the settings";
    }

    private static String wire(Throwable away) {
        if (has(away, CertificateException.class)
                || has(away, CertPathValidatorException.class)
                || isOfAnotherServer(away)) {
            return "the mail server's certificate is not to be trusted: " + certificate(away) + ". Nothing was sent";
        }
        if (says(away, ProtocolException.class, "No login methods")) {
            return "the mail server takes no password over a connection that is not encrypted; set the protocol to imaps and the port to its own (993)";
        }
        if (says(away, ProtocolException.class, "STARTTLS")) {
            return "the mail server is on another machine and offers no encryption (STARTTLS); set the protocol to imaps and the port to its own (993). Nothing was sent";
        }
        if (has(away, SSLException.class)) {
            return "there is no encrypted connection to the mail server; see whether the port is the one for imaps (993), and whether the server knows TLS 1.2. Nothing was sent";
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

    /** Angus tells it by a bare exception, the JDK by one of certificates. */
    private static boolean isOfAnotherServer(Throwable away) {
        return causes(away).anyMatch(cause -> String.valueOf(cause.getMessage()).contains("verify identity of server"));
    }

    private static boolean has(Throwable first, Class<? extends Throwable> kind) {
        return causes(first).anyMatch(kind::isInstance);
    }

    private static boolean says(Throwable first, Class<? extends Throwable> kind, String words) {
        return causes(first)
                .anyMatch(cause -> kind.isInstance(cause)
                        && String.valueOf(cause.getMessage()).contains(words));
    }

    private static Stream<Throwable> causes(Throwable first) {
        return Stream.iterate(first, Objects::nonNull, Throwable::getCause).limit(CAUSES_MAX);
    }
}
