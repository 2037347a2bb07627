package org.postbag.receiving.sftp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.SshClient;
import org.postbag.receiving.RereadSource.Away;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourceLook;
import org.postbag.receiving.sftp.SftpConnection.Remote;

/** The folder of another machine that taken files were moved to. Its files are read and stay there. */
public final class SftpKept implements Closeable {

    private static final Duration STEP_MAX = Duration.ofSeconds(20);

    private final SftpConnection connection;
    private final String folder;

    private SftpKept(SftpConnection connection, String folder) {
        this.connection = connection;
        this.folder = folder;
    }

    /** A file that lies there. @param modified when it was last written, before it was moved */
    public record Kept(String name, long size, Instant modified) {}

    /**
     * @param settings of a connector that fetches by SFTP, with a folder for taken files; secrets as handles
     * @param look ends the connection where it is given up
     */
    public static SftpKept open(SftpLook machines, Map<String, String> settings, SourceLook look) throws Away {
        try {
            var source = machines.source(settings);
            var stages = new SftpConnection.Stages() {
                @Override
                public void begins(SshClient client) {
                    look.closes(() -> client.close(true));
                }
            };
            return new SftpKept(
                    SftpConnection.open(source, STEP_MAX, SftpConnection.verifier(source), stages),
                    source.movedTo().orElseThrow());
        } catch (SecretValues.NoSuchSecret none) {
            throw new Away(String.valueOf(none.getMessage()), none);
        } catch (IOException | UnresolvedAddressException away) {
            throw new Away(SftpProblem.words(away, "another"), away);
        }
    }

    public List<Kept> files() throws Away {
        try {
            return connection.list(folder).stream()
                    .filter(file -> SftpFolder.isMeant(file.name()))
                    .map(file -> new Kept(file.name(), file.size(), file.modified()))
                    .toList();
        } catch (IOException away) {
            throw new Away(SftpProblem.words(away, "another"), away);
        }
    }

    /** @return whether it was there, whole and unchanged */
    public boolean fetch(Kept file, Path to) throws Away {
        try {
            boolean whole = connection.fetch(folder, new Remote(file.name(), file.size(), file.modified()), to);
            Files.setLastModifiedTime(to, FileTime.from(file.modified()));
            return whole;
        } catch (IOException away) {
            throw new Away(SftpProblem.words(away, "another"), away);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
