package org.postbag.receiving.sftp;

import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;

/** Against MINA's own server, in this process, by a password. */
class MinaSftpTest extends SftpFolderContract {

    private final SshServer server = SshServer.setUpDefaultServer();

    @Override
    Server serve(Path folder, Path done) throws Exception {
        var keys = new SimpleGeneratorHostKeyProvider(temporary.resolve("host-key"));
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((user, password, session) -> user.equals("calls") && password.equals("s3cret"));
        server.setFileSystemFactory(new VirtualFileSystemFactory(temporary));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.start();
        var fingerprint = KeyUtils.getFingerPrint(
                BuiltinDigests.sha256, keys.loadKeys(null).iterator().next().getPublic());
        return new Server(server.getPort(), "calls", "s3cret", "none", fingerprint, "/there", "/done");
    }

    @AfterEach
    void stopServer() throws Exception {
        server.stop(true);
    }
}
