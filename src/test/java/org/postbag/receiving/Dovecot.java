package org.postbag.receiving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.embedded.LoopbackPorts;

/** Dovecot's IMAP and submission servers as Debian has them, as a process of its own: mails lie in Maildir, and every mailbox has the same password unless it takes tokens. */
final class Dovecot implements AutoCloseable {

    static final String PASSWORD = "a pass/word+of &ours";
    /** Named as nobody would guess: what they are for, the server says. */
    static final String SENT = "Erledigt und fort";

    static final String JUNK = "Verdacht";

    private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");
    private static final Path SUBMISSION = Path.of("/usr/lib/dovecot/submission");
    private static final Path OAUTH2 = Path.of("/usr/lib/dovecot/modules/auth");
    /** Whose the mails are: Dovecot gives no mail to root. */
    private static final String OWNER = "nobody";

    private static final Duration WAIT = Duration.ofSeconds(30);

    final int plainPort;
    final int tlsPort;
    /** Takes mail to be sent, and hands it on to the relay where there is one. */
    final int submissionPort;

    private final Path folder;
    private final String signIn;
    private final int relayPort;
    private @Nullable Process process;
    private int delivered;

    private Dovecot(Path folder, String signIn, int relayPort) throws IOException {
        this.relayPort = relayPort;
        this.folder = folder;
        this.signIn = signIn;
        this.plainPort = LoopbackPorts.any();
        this.tlsPort = LoopbackPorts.any();
        this.submissionPort = LoopbackPorts.any();
    }

    /** Whether it is there, in the version whose settings these are, and may be run: it needs root for the users of its own. */
    static boolean isInstalled() throws Exception {
        return Files.isExecutable(PROGRAM)
                && Files.isExecutable(SUBMISSION)
                && System.getProperty("user.name").equals("root")
                && run(PROGRAM.toString(), "--version").startsWith("2.3.");
    }

    /** Signs in by password; over TLS only. */
    static Dovecot withPasswords(Path folder) throws Exception {
        Files.writeString(folder.resolve("users"), "enquiries@localhost:{PLAIN}" + PASSWORD + "\n");
        return new Dovecot(folder, """
                auth_mechanisms = plain login
                passdb {
                  driver = passwd-file
                  args = username_format=%%u %s/users
                }
                """.formatted(folder), 25).begin();
    }

    /**
     * Signs in by token, which it shows to the token server.
     *
     * @param relayPort of the server on this machine that mail is handed on to
     */
    static Dovecot withTokens(Path folder, int tokenServerPort, int relayPort) throws Exception {
        assertThat(OAUTH2.getParent()).isDirectory();
        Files.writeString(folder.resolve("oauth2"), """
                introspection_mode = post
                introspection_url = http://127.0.0.1:%d/introspect
                active_attribute = active
                active_value = true
                username_attribute = mailbox
                tls_ca_cert_file = %s/authority.pem
                """.formatted(tokenServerPort, folder));
        return new Dovecot(folder, """
                auth_mechanisms = xoauth2 oauthbearer
                passdb {
                  driver = oauth2
                  mechanisms = xoauth2 oauthbearer
                  args = %s/oauth2
                }
                """.formatted(folder), relayPort).begin();
    }

    private Dovecot begin() throws Exception {
        // Its processes work under users of their own and must get at the mails.
        for (var reached : List.of(folder.getParent(), folder)) {
            Files.setPosixFilePermissions(reached, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.createDirectories(folder.resolve("run"));
        own(Files.createDirectories(folder.resolve("mail")));
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=An authority of the tests",
                "-keyout",
                path("authority.key"),
                "-out",
                authority());
        rightCertificate();
        Files.writeString(folder.resolve("dovecot.conf"), """
                base_dir = %1$s/run
                log_path = %1$s/log
                protocols = imap submission
                listen = *
                ssl = required
                ssl_cert = <%1$s/server.pem
                ssl_key = <%1$s/server.key
                mail_location = maildir:~/Maildir
                auth_failure_delay = 0
                %2$s
                userdb {
                  driver = static
                  args = uid=%3$s gid=nogroup home=%1$s/mail/%%u
                }
                namespace inbox {
                  inbox = yes
                  mailbox "%4$s" {
                    auto = create
                    special_use = \\Sent
                  }
                  mailbox "%5$s" {
                    auto = create
                    special_use = \\Junk
                  }
                }
                submission_relay_host = 127.0.0.1
                submission_relay_port = %9$d
                submission_relay_rawlog_dir =
                service submission-login {
                  inet_listener submission {
                    port = %8$d
                  }
                }
                service imap-login {
                  inet_listener imap {
                    port = %6$d
                  }
                  inet_listener imaps {
                    port = %7$d
                    ssl = yes
                  }
                }
                """.formatted(
                        folder, signIn, OWNER, SENT, JUNK, plainPort, tlsPort, submissionPort, relayPort));
        start();
        return this;
    }

    void start() throws IOException {
        process = new ProcessBuilder(PROGRAM.toString(), "-F", "-c", path("dovecot.conf"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        await().atMost(WAIT).ignoreExceptions().until(() -> {
            try (var socket = new Socket("127.0.0.1", tlsPort)) {
                return socket.isConnected();
            }
        });
    }

    void stop() {
        var running = process;
        process = null;
        if (running != null) {
            var all = Stream.concat(Stream.of(running.toHandle()), running.descendants())
                    .toList();
            all.forEach(ProcessHandle::destroy);
            await().atMost(WAIT).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    void restart() {
        try {
            stop();
            start();
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** The file of whoever signs the right certificate. */
    String authority() {
        return path("authority.pem");
    }

    void rightCertificate() throws Exception {
        certificate("DNS:localhost,IP:127.0.0.1", 30);
    }

    void certificateOfAnotherHost() throws Exception {
        certificate("DNS:imap.elsewhere.example", 30);
    }

    void expiredCertificate() throws Exception {
        certificate("DNS:localhost,IP:127.0.0.1", -1);
    }

    void selfSignedCertificate() throws Exception {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout",
                path("server.key"),
                "-out",
                path("server.pem"));
    }

    /** For other names than its usual ones. */
    void certificate(String names) throws Exception {
        certificate(names, 30);
        restart();
    }

    /** As a server that was never set up for it. */
    void withoutTls() throws IOException {
        var settings = folder.resolve("dovecot.conf");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replace("ssl = required", "ssl = no\ndisable_plaintext_auth = no")
                        .replace("ssl = yes", "ssl = no"));
        restart();
    }

    private void certificate(String names, int days) throws Exception {
        Files.writeString(folder.resolve("names"), "subjectAltName=" + names + "\n");
        run(
                "openssl",
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=a mail server",
                "-keyout",
                path("server.key"),
                "-out",
                path("request"));
        run(
                "openssl",
                "x509",
                "-req",
                "-in",
                path("request"),
                "-CA",
                authority(),
                "-CAkey",
                path("authority.key"),
                "-CAcreateserial",
                "-days",
                Integer.toString(days),
                "-extfile",
                path("names"),
                "-out",
                path("server.pem"));
    }

    void deliver(String mailbox, String into, byte[]... mails) throws Exception {
        var maildir = maildir(mailbox, into);
        for (var part : List.of("tmp", "new", "cur")) {
            own(Files.createDirectories(maildir.resolve(part)));
        }
        for (byte[] mail : mails) {
            var name = "%d.%d.test".formatted(System.nanoTime(), ++delivered);
            own(Files.write(maildir.resolve("tmp").resolve(name), mail));
            Files.move(
                    maildir.resolve("tmp").resolve(name),
                    maildir.resolve("new").resolve(name),
                    StandardCopyOption.ATOMIC_MOVE);
        }
    }

    int count(String mailbox, String in) throws IOException {
        int count = 0;
        for (var part : List.of("new", "cur")) {
            var there = maildir(mailbox, in).resolve(part);
            if (Files.isDirectory(there)) {
                try (var files = Files.list(there)) {
                    count += (int) files.count();
                }
            }
        }
        return count;
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("log"), UTF_8);
    }

    private Path maildir(String mailbox, String name) {
        var inbox = folder.resolve("mail").resolve(mailbox).resolve("Maildir");
        return name.equals("INBOX") ? inbox : inbox.resolve("." + name);
    }

    /** With the folders above, as far as they are ours. */
    private void own(Path file) throws IOException {
        var owner = file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OWNER);
        for (@Nullable Path up = file; up != null && !up.equals(folder); up = up.getParent()) {
            Files.setOwner(up, owner);
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
