package org.postbag.receiving.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** Signed in to another machine, whose key is one that is known: never to any other. */
final class SftpConnection implements AutoCloseable {

    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final int LISTED_MAX = 10_000;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final SshClient client;
    private final ClientSession session;
    private final SftpClient sftp;

    private SftpConnection(SshClient client, ClientSession session, SftpClient sftp) {
        this.client = client;
        this.session = session;
        this.sftp = sftp;
    }

    /** A file as it was when it was looked at. */
    record Remote(String name, long size, Instant modified) {}

    /** @throws IOException if the machine is away, isn't the one that is known, or doesn't let us in */
    static SftpConnection open(SftpSource source) throws IOException {
        return open(source, WAIT, verifier(source), Stages.NONE);
    }

    /** Told how far a sign-in came. */
    interface Stages {

        Stages NONE = new Stages() {};

        default void begins(SshClient client) {}

        default void reached() {}

        default void letIn() {}
    }

    /** Likewise. @param wait for each step */
    static SftpConnection open(SftpSource source, Duration wait, ServerKeyVerifier verifier, Stages stages)
            throws IOException {
        var client = SshClient.setUpDefaultClient();
        // Nothing of the user who runs the program: neither their keys nor their settings.
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setServerKeyVerifier(verifier);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, WAIT.multipliedBy(3));
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, WAIT.multipliedBy(4));
        stages.begins(client);
        client.start();
        try {
            var session = client.connect(source.username(), source.host(), source.port())
                    .verify(wait)
                    .getSession();
            stages.reached();
            source.password().ifPresent(session::addPasswordIdentity);
            if (source.keyFile().isPresent()) {
                addKeys(session, source.keyFile().get());
            }
            session.auth().verify(wait);
            stages.letIn();
            return new SftpConnection(
                    client, session, SftpClientFactory.instance().createSftpClient(session));
        } catch (IOException | RuntimeException away) {
            client.stop();
            throw away;
        }
    }

    static ServerKeyVerifier verifier(SftpSource source) {
        if (source.hostKeys().isEmpty()) {
            return new KnownHostsServerKeyVerifier(
                    RejectAllServerKeyVerifier.INSTANCE, source.knownHosts().orElseThrow());
        }
        return (session, address, key) -> {
            var fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
            return source.hostKeys().stream().anyMatch(known -> known.equals(fingerprint));
        };
    }

    private static void addKeys(ClientSession session, Path file) throws IOException {
        try {
            var keys = new FileKeyPairProvider(file);
            keys.setPasswordFinder(FilePasswordProvider.EMPTY);
            for (var key : keys.loadKeys(session)) {
                session.addPublicKeyIdentity(key);
            }
        } catch (RuntimeException unreadable) {
            throw new IOException("The private key can't be read", unreadable);
        }
    }

    /** The files in a folder, the oldest first; neither folders nor links. */
    List<Remote> list(String folder) throws IOException {
        var files = new ArrayList<Remote>();
        for (var entry : sftp.readDir(folder)) {
            var attributes = entry.getAttributes();
            if (attributes.isRegularFile() && files.size() < LISTED_MAX) {
                files.add(new Remote(
                        entry.getFilename(),
                        attributes.getSize(),
                        attributes.getModifyTime().toInstant()));
            }
        }
        files.sort(Comparator.comparing(Remote::modified).thenComparing(Remote::name));
        return files;
    }

    boolean isFolder(String path) throws IOException {
        try {
            return sftp.stat(path).isDirectory();
        } catch (SftpException gone) {
            if (gone.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
                return false;
            }
            throw gone;
        }
    }

    /**
     * Fetches what is not here yet of a file into {@code part}, and looks at it once more.
     *
     * @return whether it is whole: it didn't change meanwhile
     */
    boolean fetch(String folder, Remote file, Path part) throws IOException {
        var path = folder + "/" + file.name();
        long here = Files.exists(part) ? Files.size(part) : 0;
        if (here > file.size()) {
            Files.delete(part);
            here = 0;
        }
        if (here < file.size()) {
            try (InputStream in = sftp.read(path, BUFFER_BYTES);
                    OutputStream out =
                            Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                in.skipNBytes(here);
                // No more than was listed: the rest may come while we read.
                copy(in, out, file.size() - here);
            }
        } else if (file.size() == 0) {
            Files.write(part, new byte[0]);
        }
        var now = sftp.stat(path);
        return Files.size(part) == file.size()
                && now.getSize() == file.size()
                && now.getModifyTime().toInstant().equals(file.modified());
    }

    private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        for (long left = bytes; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                return;
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    /** Removes a file that was taken, unless it changed since. */
    void remove(SftpSource source, Remote file) throws IOException {
        var path = source.folder() + "/" + file.name();
        try {
            var now = sftp.stat(path);
            if (now.getSize() != file.size() || !now.getModifyTime().toInstant().equals(file.modified())) {
                return;
            }
        } catch (SftpException gone) {
            if (gone.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
                return;
            }
            throw gone;
        }
        if (source.movedTo().isEmpty()) {
            sftp.remove(path);
        } else {
            move(path, source.movedTo().get(), file.name());
        }
    }

    /** Another file of that name may lie there already. */
    private void move(String path, String folder, String name) throws IOException {
        for (int n = 1; ; n++) {
            try {
                sftp.rename(path, folder + "/" + (n == 1 ? name : n + "-" + name));
                return;
            } catch (SftpException taken) {
                if (n == 100) {
                    throw taken;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (client;
                session;
                sftp) {
            // Closed in this order, from the last to the first.
        }
    }
}
