package org.postbag.receiving.sftp;

import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
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
            look.failed(SftpProblem.words(away, key.get()));
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
}
