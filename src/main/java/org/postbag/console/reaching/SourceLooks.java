package org.postbag.console.reaching;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.regex.Pattern;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourceLook;
import org.postbag.receiving.mailbox.MailboxLook;
import org.postbag.receiving.messages.XLook;
import org.postbag.receiving.sftp.SftpLook;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Looks at a source, whichever a connector reaches. */
@Component
@Profile("!command")
final class SourceLooks {

    /** Of one file, what is shown. */
    static final int ITEMS_MAX = 10;

    private static final Pattern META_SECRET = Pattern.compile("[0-9a-f]{32}");
    private static final int SECRET_CHARACTERS_MIN = 8;

    private final MailboxLook mailboxes;
    private final SftpLook sftp;
    private final XLook x;
    private final FolderLook folders;
    private final SampleFiles files;
    private final Folders allowedFolders;
    private final Hosts hosts;
    private final SecretValues secrets;

    SourceLooks(
            MailboxLook mailboxes,
            SftpLook sftp,
            XLook x,
            FolderLook folders,
            SampleFiles files,
            Folders allowedFolders,
            Hosts hosts,
            SecretValues secrets) {
        this.mailboxes = mailboxes;
        this.sftp = sftp;
        this.x = x;
        this.folders = folders;
        this.files = files;
        this.allowedFolders = allowedFolders;
        this.hosts = hosts;
        this.secrets = secrets;
    }

    /** Whether there is anything to connect to: else the source comes to us. */
    static boolean reaches(Connector connector) {
        return connector.parameters().stream().anyMatch(one -> switch (one.type()) {
            case HOST, URL, FOLDER -> true;
            default -> false;
        });
    }

    void look(Connector connector, Values values, SourceLook look) throws IOException {
        var settings = values.resolved();
        if (!mayReach(values, look)) {
            return;
        }
        switch (connector.channel()) {
            case EMAIL -> mailboxes.look(settings, isSent(connector), Values.ROUTE, look);
            case X -> {
                if (reaches(connector)) {
                    x.look(settings, Values.ROUTE, look);
                } else {
                    called("x", "consumerSecrets", settings, look);
                }
            }
            case FACEBOOK -> called("facebook", "appSecrets", settings, look);
            case TELEPHONE, LETTER, SOCIAL_TOOL, PUBLIC_REGISTER -> file(connector, settings, look);
            case WEB_FORM -> comes("Forms come from the page /contact and POST /api/contact-form.", look);
            case BY_HAND -> comes("Notes come from the page Record a call.", look);
        }
    }

    /** Whether a folder holds what was sent. */
    static boolean isSent(Connector connector) {
        return connector.id().equals("email-sent");
    }

    private void file(Connector connector, Map<String, String> settings, SourceLook look) {
        if (connector.parameter("host").isPresent()) {
            sftp.look(settings, look, file -> {
                files.find(connector.channel(), settings, file, ITEMS_MAX, look);
                look.well("The file was cut as the route would.");
            });
            return;
        }
        var refusal = allowedFolders.refusal(settings.getOrDefault("folder", ""));
        if (refusal.isPresent()) {
            look.begin("Open the folder");
            look.failed(refusal.get());
            return;
        }
        folders.look(connector, settings, ITEMS_MAX, look);
    }

    private boolean mayReach(Values values, SourceLook look) {
        var machines = hosts.now();
        for (var host : values.hosts()) {
            look.begin("Find the machine " + host);
            try {
                var refusal = machines.refusalByAddress(host);
                if (refusal.isPresent()) {
                    look.failed(refusal.get() + ".");
                    return false;
                }
                look.well("Its name is known.");
            } catch (UnknownHostException unknown) {
                look.failed("Its name is not known. Check the host.");
                return false;
            }
        }
        return true;
    }

    private static void comes(String words, SourceLook look) {
        look.begin("Nothing to connect to");
        look.well(words + " There is nothing to test.");
    }

    /** A platform calls us, so only what it will be checked by can be looked at. */
    private void called(String door, String name, Map<String, String> settings, SourceLook look) {
        look.begin("See the secrets");
        try {
            for (var one : settings.getOrDefault(name, "").split(",")) {
                var secret = secrets.reveal(one.strip());
                if (secret.length() < SECRET_CHARACTERS_MIN || secret.chars().anyMatch(Character::isWhitespace)) {
                    look.failed(
                            "The secret that calls are signed with is too short, or holds spaces. Copy it anew from the platform’s page of the app.");
                    return;
                }
                if (door.equals("facebook") && !META_SECRET.matcher(secret).matches()) {
                    look.failed(
                            "An app secret of Facebook has 32 digits and letters from a to f. Copy it anew from the app’s basic settings.");
                    return;
                }
            }
            if (settings.containsKey("verifyToken")
                    && secrets.reveal(settings.getOrDefault("verifyToken", "")).length() < SECRET_CHARACTERS_MIN) {
                look.failed(
                        "The verify token has fewer than 8 characters. Make up a longer one, and enter it at the platform too.");
                return;
            }
            look.well(
                    "They are there, and have the right form. Whether they are right is known when the platform calls.");
            look.begin("Let the platform call");
            look.well(
                    "Enter this address at the platform: https:// and the name by which the public reaches Postbag, then /webhooks/"
                            + door + ". It must be reached from outside.");
        } catch (SecretValues.NoSuchSecret none) {
            look.failed("T" + String.valueOf(none.getMessage()).substring(1) + ".");
        }
    }
}
