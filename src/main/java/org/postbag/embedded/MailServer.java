package org.postbag.embedded;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.FolderListener;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;

/**
 * A mailbox inside the program, on loopback only: SMTP takes mail for anyone at localhost into the one mailbox {@link #ADDRESS}, and IMAP gives it out
 * to who knows the password. Each mail is a file, fsynced with its folder before SMTP's 250; the files are loaded again at start. UIDs begin again at
 * 1 with a new UIDVALIDITY at each start, as a mailbox that was restored from a backup would.
 */
public final class MailServer implements AutoCloseable {

    public static final String ADDRESS = "enquiries@localhost";
    /** Where the route puts mails that it has taken. */
    public static final String TAKEN = "Filed";
    /** What staff sent: put there by their mail program or, as some providers do it, by this server. */
    public static final String SENT = "Sent";

    /** Where a mail server puts what it takes for spam; this one does so with nothing. */
    public static final String JUNK = "Junk";

    private static final String HERE = "@localhost";

    private static final String INBOX = "INBOX";
    private static final long START_WAIT_MILLISECONDS = 20_000;

    private final Path folder;
    private final GreenMail server;
    private final GreenMailUser user;
    /** The world outside, to which nothing is really sent. */
    private final GreenMailUser outside;

    private MailServer(Path folder, GreenMail server, GreenMailUser user, GreenMailUser outside) {
        this.folder = folder;
        this.server = server;
        this.user = user;
        this.outside = outside;
    }

    /**
     * @param folder holds the mails and the password; made if absent
     * @param smtpPort 0 for any
     * @param imapPort 0 for any
     * @throws IOException if a port is taken (the message names its setting) or the folder cannot be read
     */
    public static MailServer start(Path folder, int smtpPort, int imapPort) throws IOException {
        for (String name : List.of(INBOX, TAKEN, SENT)) {
            Files.createDirectories(folder.resolve(name));
        }
        var password = PostgresServer.password(folder.resolve("password"));
        var server = new GreenMail(new ServerSetup[] {
            setup(ServerSetup.SMTP, LoopbackPorts.checked(smtpPort, "postbag.try.smtp-port")),
            setup(ServerSetup.IMAP, LoopbackPorts.checked(imapPort, "postbag.try.imap-port"))
        });
        var user = server.setUser(ADDRESS, ADDRESS, password);
        var mailbox =
                new MailServer(folder, server, user, server.setUser("outside@outside.invalid", password + "-outside"));
        try {
            mailbox.load();
            server.getUserManager().setMessageDeliveryHandler(mailbox::keep);
            server.start();
        } catch (FolderException | MessagingException | RuntimeException e) {
            throw new IOException("The embedded mailbox does not start", e);
        }
        return mailbox;
    }

    public int smtpPort() {
        return server.getSmtp().getPort();
    }

    public int imapPort() {
        return server.getImap().getPort();
    }

    public String password() {
        return user.getPassword();
    }

    @Override
    public void close() {
        server.stop();
    }

    /** How many mails lie in a folder on disk: {@code INBOX} or {@link #TAKEN}. */
    public int count(String name) throws IOException {
        return mails(folder.resolve(name)).size();
    }

    /** Runs before SMTP's 250: what it throws becomes a 451, and the sender keeps the mail. */
    private GreenMailUser keep(MovingMessage moving, MailAddress recipient) throws MessagingException {
        var message = moving.getMessage();
        try {
            if (isFromHere(message)
                    && !recipient.getEmail().toLowerCase(Locale.ROOT).endsWith(HERE)) {
                sent().appendMessage(message, new Flags(Flags.Flag.SEEN), new Date());
                return outside;
            }
            write(bytes(message), folder.resolve(INBOX));
            return user;
        } catch (IOException full) {
            throw new MessagingException("The mail could not be kept", full);
        }
    }

    private static boolean isFromHere(MimeMessage message) throws MessagingException {
        var from = message.getHeader("From", ",");
        return from != null && from.toLowerCase(Locale.ROOT).contains(HERE);
    }

    private MailFolder sent() {
        return server.getManagers().getImapHostManager().getFolder(user, SENT);
    }

    private static void write(byte[] bytes, Path into) throws IOException {
        var part = into.resolve(UUID.randomUUID() + ".part");
        try (var file = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var buffer = java.nio.ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(true);
        }
        Files.move(part, into.resolve(hash(bytes) + "." + UUID.randomUUID() + ".eml"), StandardCopyOption.ATOMIC_MOVE);
        fsync(into);
    }

    private void load() throws IOException, FolderException, MessagingException {
        var hosts = server.getManagers().getImapHostManager();
        var inbox = hosts.getInbox(user);
        var taken = made(hosts, TAKEN);
        var sent = made(hosts, SENT);
        made(hosts, JUNK);
        fill(inbox, folder.resolve(INBOX));
        fill(taken, folder.resolve(TAKEN));
        fill(sent, folder.resolve(SENT));
        taken.addListener(new Added(taken, this::move));
        sent.addListener(new Added(sent, mail -> write(mail, folder.resolve(SENT))));
    }

    private MailFolder made(ImapHostManager hosts, String name) throws IOException, FolderException {
        var there = hosts.getFolder(user, name);
        try {
            return there == null ? hosts.createMailbox(user, name) : there;
        } catch (com.icegreen.greenmail.imap.AuthorizationException impossible) {
            throw new IOException(impossible);
        }
    }

    private static void fill(MailFolder mailbox, Path files) throws IOException, MessagingException {
        var session = Session.getInstance(new Properties());
        for (Path file : mails(files)) {
            try (InputStream in = Files.newInputStream(file)) {
                mailbox.appendMessage(
                        new MimeMessage(session, in),
                        new Flags(),
                        new Date(Files.getLastModifiedTime(file).toMillis()));
            }
        }
    }

    /** Follows a mail on disk that an IMAP client moved. Should the program be killed before, the mail is in the inbox again, and known. */
    private void move(byte[] mail) throws IOException {
        try (var twins = Files.newDirectoryStream(folder.resolve(INBOX), hash(mail) + ".*")) {
            for (Path file : twins) {
                Files.move(file, folder.resolve(TAKEN).resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                return;
            }
        } catch (NoSuchFileException movedByAnother) {
            // The mail is where it should be.
        }
    }

    private interface Keeping {
        void keep(byte[] mail) throws IOException;
    }

    /** Does on disk what a client did to a folder. */
    private record Added(MailFolder mailbox, Keeping keeping) implements FolderListener {

        @Override
        public void added(int position) {
            var messages = mailbox.getMessages();
            if (position < 1 || position > messages.size()) {
                return;
            }
            try {
                keeping.keep(bytes(messages.get(position - 1).getMimeMessage()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void expunged(int position) {}

        @Override
        public void flagsUpdated(int position, Flags flags, Long uid) {}

        @Override
        public void mailboxDeleted() {}
    }

    private static List<Path> mails(Path files) throws IOException {
        try (var all = Files.list(files)) {
            return all.filter(f -> f.toString().endsWith(".eml")).sorted().toList();
        }
    }

    private static byte[] bytes(MimeMessage message) throws IOException, MessagingException {
        var bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return bytes.toByteArray();
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static void fsync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static ServerSetup setup(ServerSetup kind, int port) {
        var setup = new ServerSetup(port, "127.0.0.1", kind.getProtocol());
        setup.setServerStartupTimeout(START_WAIT_MILLISECONDS);
        return setup;
    }
}
