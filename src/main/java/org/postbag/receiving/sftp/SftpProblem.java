package org.postbag.receiving.sftp;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;

/** Why another machine's folder could not be looked into and what to do, in words of ours: what a server says may quote anything. */
final class SftpProblem {

    private static final int CAUSES_MAX = 20;

    private SftpProblem() {}

    /** @param key the fingerprint of the key that the machine showed; null where it isn't known */
    static String words(Exception away, @Nullable String key) {
        if (says(away, "Server key did not validate")) {
            return "Its key is not one that is known, so nothing was said to it."
                    + (key == null
                            ? " Test the connection to see which it shows, and ask whoever runs the machine whether that is its key."
                            : " The key it shows is " + key
                                    + ". Ask whoever runs the machine whether that is its key; then enter it as the host key.");
        }
        if (away instanceof SftpException refused) {
            return refused.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
                    ? "There is no such folder on that machine. Check the folder."
                    : "That machine doesn't allow it. Ask for the right to list the folder and to read its files.";
        }
        if (away instanceof FileSystemException) {
            return "A file of it can't be written on this machine. See whether its disk is full, and whose the folder is.";
        }
        if (says(away, "private key can't be read")) {
            return "The private key can't be read. Check the file, and that it has no passphrase.";
        }
        if (says(away, "authentication methods")) {
            return "It doesn't take the sign-in. Check the user, and the password or key.";
        }
        if (has(away, UnresolvedAddressException.class) || has(away, UnknownHostException.class)) {
            return "The machine's name is not known. Check the host.";
        }
        if (has(away, ConnectException.class)) {
            return "The machine doesn't answer. Check host and port, and whether this machine may reach it.";
        }
        return has(away, TimeoutException.class) || says(away, "timeout")
                ? "The machine takes too long to answer. See whether it runs an SFTP server at that port."
                : "The connection broke off. See whether it runs an SFTP server at that port.";
    }

    private static boolean says(Throwable first, String words) {
        return causes(first)
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(words));
    }

    private static boolean has(Throwable first, Class<? extends Throwable> kind) {
        return causes(first).anyMatch(kind::isInstance);
    }

    private static Stream<Throwable> causes(Throwable first) {
        return Stream.iterate(first, Objects::nonNull, Throwable::getCause).limit(CAUSES_MAX);
    }
}
