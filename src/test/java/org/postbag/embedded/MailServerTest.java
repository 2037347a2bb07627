package org.postbag.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.SampleMails;

class MailServerTest {

    @Test
    void whatWasTakenInIsThereAgainAfterAStart(@TempDir Path folder) throws Exception {
        try (var first = MailServer.start(folder, 0, 0)) {
            for (int n = 0; n < 3; n++) {
                send(first, SampleMails.mail(1, n, 10));
            }
            assertThat(first.count("INBOX")).isEqualTo(3);
        }
        try (var second = MailServer.start(folder, 0, 0);
                var store = open(second, second.password())) {
            var inbox = (IMAPFolder) store.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            assertThat(inbox.getMessageCount()).isEqualTo(3);
            inbox.moveMessages(new Message[] {inbox.getMessage(2)}, store.getFolder(MailServer.TAKEN));
            assertThat(second.count("INBOX")).isEqualTo(2);
            assertThat(second.count(MailServer.TAKEN)).isEqualTo(1);
        }
        try (var third = MailServer.start(folder, 0, 0);
                var store = open(third, third.password())) {
            var taken = store.getFolder(MailServer.TAKEN);
            taken.open(Folder.READ_ONLY);
            assertThat(taken.getMessageCount()).isEqualTo(1);
        }
    }

    @Test
    void onlyWhoKnowsThePasswordReadsIt(@TempDir Path folder) throws Exception {
        try (var server = MailServer.start(folder, 0, 0)) {
            assertThatThrownBy(() -> open(server, "guess")).isInstanceOf(AuthenticationFailedException.class);
        }
    }

    @Test
    void aPortThatIsTakenNamesItsSetting(@TempDir Path folder) throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> MailServer.start(folder, taken.getLocalPort(), 0))
                    .hasMessageContaining("--postbag.try.smtp-port");
        }
    }

    static void send(MailServer server, byte[] mail) throws MessagingException {
        var settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", Integer.toString(server.smtpPort()));
        var session = Session.getInstance(settings);
        try (var transport = session.getTransport("smtp")) {
            transport.connect();
            transport.sendMessage(
                    new MimeMessage(session, new ByteArrayInputStream(mail)),
                    new InternetAddress[] {new InternetAddress("anyone@localhost")});
        }
    }

    private static Store open(MailServer server, String password) throws MessagingException {
        var store = Session.getInstance(new Properties()).getStore("imap");
        store.connect("127.0.0.1", server.imapPort(), MailServer.ADDRESS, password);
        return store;
    }
}
