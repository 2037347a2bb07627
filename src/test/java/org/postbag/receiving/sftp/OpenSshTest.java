package org.postbag.receiving.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.postbag.embedded.LoopbackPorts;

/** Against OpenSSH's server, by a private key, where it is installed and runs as root: on Debian, {@code apt-get install openssh-server}. */
class OpenSshTest extends SftpFolderContract {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private @Nullable Process sshd;

    @BeforeEach
    void isInstalled() {
        Assumptions.assumeTrue(
                Files.isExecutable(SSHD) && System.getProperty("user.name").equals("root"));
    }

    @Override
    Server serve(Path folder, Path done) throws Exception {
        var keys = Files.createDirectories(temporary.resolve("keys"));
        var hostKey = keys.resolve("host");
        var userKey = keys.resolve("user");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", hostKey.toString());
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", userKey.toString());
        Files.copy(keys.resolve("user.pub"), keys.resolve("authorized"), StandardCopyOption.REPLACE_EXISTING);
        Files.createDirectories(Path.of("/run/sshd"));
        int port = LoopbackPorts.any();
        var settings = keys.resolve("sshd_config");
        Files.writeString(settings, """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                PidFile none
                AuthorizedKeysFile %s
                StrictModes no
                PermitRootLogin prohibit-password
                PasswordAuthentication no
                UsePAM no
                Subsystem sftp internal-sftp
                """.formatted(port, hostKey, keys.resolve("authorized")));
        sshd = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(keys.resolve("log").toFile())
                .start();
        await().ignoreExceptions().until(() -> {
            try (var socket = new Socket("127.0.0.1", port)) {
                return socket.isConnected();
            }
        });
        var fingerprint = run("ssh-keygen", "-lf", hostKey.toString()).split(" ")[1];
        return new Server(port, "root", "none", userKey.toString(), fingerprint, folder.toString(), done.toString());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @AfterEach
    void stopServer() {
        if (sshd != null) {
            sshd.descendants().forEach(ProcessHandle::destroy);
            sshd.destroy();
        }
    }
}
