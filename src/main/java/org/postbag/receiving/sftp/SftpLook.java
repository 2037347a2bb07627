package org.postbag.receiving.sftp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourceLook;
import org.postbag.receiving.sftp.SftpConnection.Remote;
import org.springframework.stereotype.Component;

/** Looks into a folder of another machine as its route would. The file that is read stays where it is; the copy is gone when the look ends. */
@Component
public final class SftpLook {

    private static final Duration STEP_MAX = Duration.ofSeconds(8);
    private static final long FILE_BYTES_MAX = 5L * 1024 * 1024;
    private static final int CAUSES_MAX = 20;
    private static final String NONE = "none";
    /** No machine has this key: where none is given, the look says which it has. */
    private static final String NO_KEY = "SHA256:none";

    private final SecretValues secrets;

    public SftpLook(SecretValues secrets) {
        this.secrets = secrets;
    }

    /** What is made of a file that was fetched. */
    @FunctionalInterface
    public interface Fetched {
        void read(Path file) throws IOException;
    }

    /** @param settings of a connector that fetches by SFTP; secrets as handles */
    public void look(Map<String, String> settings, SourceLook look, Fetched fetched) {
        var key = new AtomicReference<@Nullable String>();
        look.begin("Reach the machine");
        try {
            var source = source(settings);
            try (var connection =
                    SftpConnection.open(source, STEP_MAX, noting(SftpConnection.verifier(source), key), stages(look))) {
                list(connection, source, look, fetched);
            }
        } catch (SecretValues.NoSuchSecret none) {
            look.failed("T" + String.valueOf(none.getMessage()).substring(1) + ".");
        } catch (IOException | UnresolvedAddressException away) {
            look.failed(words(away, key.get()));
        }
    }

    private static SftpConnection.Stages stages(SourceLook look) {
        return new SftpConnection.Stages() {
            @Override
            public void begins(SshClient client) {
                look.closes(() -> client.close(true));
            }

            @Override
            public void reached() {
                look.well("The machine answers.");
                look.begin("Know the machine by its key, and sign in");
            }

            @Override
            public void letIn() {
                look.well("It has the key that is known, and let us in.");
            }
        };
    }

    private static ServerKeyVerifier noting(ServerKeyVerifier verifier, AtomicReference<@Nullable String> shown) {
        return (session, address, key) -> {
            shown.set(KeyUtils.getFingerPrint(BuiltinDigests.sha256, key));
            return verifier.verifyServerKey(session, address, key);
        };
    }

    private static void list(SftpConnection connection, SftpSource source, SourceLook look, Fetched fetched)
            throws IOException {
        look.begin("List the folder");
        var files = connection.list(source.folder()).stream()
                .filter(file -> SftpFolder.isMeant(file.name()))
                .toList();
        if (source.movedTo().isPresent()
                && !connection.isFolder(source.movedTo().get())) {
            look.failed(
                    "The folder that taken files are moved to isn't there. Have it made on that machine, or name another.");
            return;
        }
        look.well("It holds " + (files.size() == 1 ? "1 file." : files.size() + " files.")
                + (source.movedTo().isEmpty() ? " Taken files will be deleted there." : ""));
        look.begin("Read one file without taking it");
        var first = files.stream().filter(file -> file.size() <= FILE_BYTES_MAX).findFirst();
        if (first.isEmpty()) {
            look.well(
                    files.isEmpty()
                            ? "The folder is empty, so there was none to read."
                            : "All are larger than 5 MB, so none was read.");
            return;
        }
        read(connection, source, first.get(), look, fetched);
    }

    private static void read(
            SftpConnection connection, SftpSource source, Remote file, SourceLook look, Fetched fetched)
            throws IOException {
        var folder = Files.createTempDirectory("postbag-look");
        try {
            var copy = folder.resolve(file.name());
            boolean whole = connection.fetch(source.folder(), file, copy);
            Files.setLastModifiedTime(copy, FileTime.from(file.modified()));
            look.well(whole ? "One was read. It is still there." : "One was read, which is still being written.");
            look.begin("See what the file would become");
            fetched.read(copy);
        } finally {
            try (Stream<Path> left = Files.list(folder)) {
                for (var one : left.toList()) {
                    Files.delete(one);
                }
            }
            Files.delete(folder);
        }
    }

    SftpSource source(Map<String, String> settings) {
        var hostKeys = given(settings, "hostKeys").map(keys -> List.of(keys.split("[, ]+")));
        var knownHosts = given(settings, "knownHosts").map(Path::of);
        return new SftpSource(
                settings.getOrDefault("host", ""),
                Integer.parseInt(settings.getOrDefault("port", "22")),
                settings.getOrDefault("username", ""),
                given(settings, "password").map(secrets::reveal),
                given(settings, "keyFile").map(Path::of),
                hostKeys.orElse(knownHosts.isPresent() ? List.of() : List.of(NO_KEY)),
                knownHosts,
                settings.getOrDefault("folder", ""),
                given(settings, "movedTo"));
    }

    private static Optional<String> given(Map<String, String> settings, String name) {
        return Optional.of(settings.getOrDefault(name, NONE)).filter(value -> !value.equals(NONE) && !value.isBlank());
    }

    static String words(Exception away, @Nullable String key) {
        if (says(away, "Server key did not validate")) {
            return "Its key is not one that is known, so nothing was said to it. The key it shows is " + key
                    + ". Ask whoever runs the machine whether that is its key; then enter it as the host key.";
        }
        if (away instanceof SftpException refused) {
            return refused.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
                    ? "There is no such folder on that machine. Check the folder."
                    : "That machine doesn't allow it. Ask for the right to list the folder and to read its files.";
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
