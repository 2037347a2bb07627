package org.postbag.receiving.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.apache.camel.component.mail.MailAuthenticator;
import org.apache.camel.component.mail.MailConfiguration;
import org.postbag.mail.AccessTokens;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourceLook;
import org.springframework.stereotype.Component;

/** Looks into a mailbox as its route would, and leaves it as it was: it is opened to read only, no flag is set, nothing is moved and no folder is made. */
@Component
public final class MailboxLook {

    private static final String NONE = "none";
    private static final int ANSWER_MS_MAX = 10_000;
    private static final int MAIL_BYTES_MAX = 2 * 1024 * 1024;
    private static final int FOLDERS_SHOWN_MAX = 12;

    private final SecretValues secrets;
    private final Clock clock;

    public MailboxLook(SecretValues secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * @param settings of a connector of mailboxes; secrets as handles
     * @param sent whether the folder is one of sent mail
     */
    public void look(Map<String, String> settings, boolean sent, String route, SourceLook look) {
        boolean byToken = settings.containsKey("tokenUrl");
        look.begin(byToken ? "Get a token, and sign in" : "Sign in");
        try {
            try (var mailbox = connect(settings, look)) {
                look.well("The mail server let us in as " + user(settings) + ".");
                list(mailbox, settings, look);
                read(mailbox, settings, sent, route, look);
            }
        } catch (SpecialFolders.NoSuchFolder none) {
            look.failed("No folder of the mailbox is for " + text(settings, "folder")
                    + ". Name the folder itself, or leave this route out where there is no such folder.");
        } catch (IllegalArgumentException wrong) {
            look.failed("The settings can't be used: see the file of certificates, the addresses and the day.");
        } catch (MessagingException | RuntimeException away) {
            if (away instanceof SourceLook.GivenUp givenUp) {
                throw givenUp;
            }
            var words = MailboxProblem.words(away, byToken);
            look.failed(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".");
        }
    }

    /** A connection that can only read, and ends where the look is given up. */
    Mailbox connect(Map<String, String> settings, SourceLook look) throws MessagingException {
        var configuration = configuration(settings, look);
        return Mailbox.connect(Session.getInstance(properties(configuration)), configuration, signIn(settings));
    }

    private static void list(Mailbox mailbox, Map<String, String> settings, SourceLook look) throws MessagingException {
        look.begin("List the folders");
        var folders = mailbox.folders();
        var shown = String.join(", ", folders.stream().limit(FOLDERS_SHOWN_MAX).toList());
        var more = folders.size() > FOLDERS_SHOWN_MAX ? " and " + (folders.size() - FOLDERS_SHOWN_MAX) + " more" : "";
        look.well("There are " + folders.size() + ": " + shown + more + "." + movedTo(folders, settings));
        look.begin("Open the folder");
        mailbox.open();
        int mails = mailbox.count();
        look.well(text(settings, "folder") + " holds " + (mails == 1 ? "1 mail." : mails + " mails."));
    }

    private static String movedTo(List<String> folders, Map<String, String> settings) {
        var movedTo = text(settings, "movedTo");
        return movedTo.isEmpty() || folders.contains(movedTo)
                ? ""
                : " " + movedTo + ", which taken mails are moved to, isn't there yet: the route makes it.";
    }

    private static void read(Mailbox mailbox, Map<String, String> settings, boolean sent, String route, SourceLook look)
            throws MessagingException {
        look.begin("Read one mail without taking it");
        var first = mailbox.first();
        if (first.isEmpty()) {
            look.well("The folder is empty, so there was none to read.");
            return;
        }
        var fetched = first.get().size() > MAIL_BYTES_MAX
                ? mailbox.fetchBeginning(first.get(), Mailbox.BEGINNING_BYTES)
                : mailbox.fetch(List.of(first.get()));
        if (fetched.isEmpty()) {
            look.failed("The mail server lists a mail and doesn't give it. Look at the mailbox with a mail program.");
            return;
        }
        var mail = fetched.getFirst();
        look.well("One was read. It is still there, and no more read than it was.");
        look.found(new SourceLook.Item(MailPreview.arrival(route, mail.content(), mail.size(), sent, settings)));
    }

    private static MailConfiguration configuration(Map<String, String> settings, SourceLook look) {
        var configuration = new MailConfiguration();
        configuration.configureProtocol(text(settings, "protocol"));
        configuration.setHost(text(settings, "host"));
        configuration.setPort(Integer.parseInt(text(settings, "port")));
        configuration.setFolderName(text(settings, "folder"));
        MailboxComponent.encrypt(configuration, text(settings, "certificates"));
        var mail = configuration.getAdditionalJavaMailProperties();
        var own = "mail." + configuration.getProtocol();
        var encrypted = mail.get(own + ".ssl.socketFactory") instanceof SSLSocketFactory trusting
                ? trusting
                : (SSLSocketFactory) SSLSocketFactory.getDefault();
        mail.put(own + ".ssl.socketFactory", TrackedSockets.encrypted(encrypted, look));
        mail.put(own + ".socketFactory", TrackedSockets.plain(look));
        mail.put(own + ".socketFactory.fallback", "false");
        for (var wait : List.of(".connectiontimeout", ".timeout", ".writetimeout")) {
            mail.put(own + wait, Integer.toString(ANSWER_MS_MAX));
        }
        if (settings.containsKey("tokenUrl")) {
            mail.put(own + ".auth.mechanisms", "XOAUTH2");
        }
        return configuration;
    }

    private static Properties properties(MailConfiguration configuration) {
        var properties = new Properties();
        properties.putAll(configuration.getAdditionalJavaMailProperties());
        return properties;
    }

    private MailAuthenticator signIn(Map<String, String> settings) {
        if (!settings.containsKey("tokenUrl")) {
            return new PasswordSignIn(user(settings), text(settings, "password"), secrets);
        }
        var client = new AccessTokens.Client(
                URI.create(text(settings, "tokenUrl")),
                text(settings, "clientId"),
                () -> secrets.reveal(text(settings, "clientSecret")),
                text(settings, "scope"),
                user(settings),
                null);
        return new AccessTokens(client, clock);
    }

    private static String user(Map<String, String> settings) {
        return text(settings, settings.containsKey("tokenUrl") ? "mailbox" : "username");
    }

    private static String text(Map<String, String> settings, String name) {
        var value = settings.getOrDefault(name, "");
        return value.equals(NONE) ? "" : value;
    }
}
