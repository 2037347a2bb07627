package org.postbag.receiving.mailbox;

import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.UIDSet;
import org.jspecify.annotations.Nullable;

/** Commands that Angus has no method for, as it would send a mail a command: each of these is one for however many mails. */
final class ImapCommands {

    private final IMAPFolder folder;

    ImapCommands(IMAPFolder folder) {
        this.folder = folder;
    }

    /** As a command names mails: 3,5:9. */
    static String set(List<Long> uids) {
        return UIDSet.toString(UIDSet.createUIDSets(
                uids.stream().mapToLong(Long::longValue).sorted().toArray()));
    }

    /** @param items of each mail, as RFC 3501, 6.4.5 has them */
    List<FetchResponse> fetch(String uids, String items) throws MessagingException {
        return fetched("UID FETCH " + uids + " (" + items + ")");
    }

    /** By the mails' places in the folder, from 1 on. */
    List<FetchResponse> fetchNumbered(String numbers, String items) throws MessagingException {
        return fetched("FETCH " + numbers + " (" + items + ")");
    }

    private List<FetchResponse> fetched(String command) throws MessagingException {
        var found = new ArrayList<FetchResponse>();
        folder.doCommand(protocol -> {
            for (Response answer : send(protocol, command, null)) {
                if (answer instanceof FetchResponse fetched) {
                    found.add(fetched);
                }
            }
            return null;
        });
        return found;
    }

    /** The UIDs of the mails that fit, in the server's order. */
    List<Long> search(String wanted) throws MessagingException {
        var found = new ArrayList<Long>();
        folder.doCommand(protocol -> {
            for (Response answer : send(protocol, "UID SEARCH " + wanted, null)) {
                if (answer instanceof IMAPResponse told && told.keyEquals("SEARCH")) {
                    for (long uid = told.readLong(); uid > 0; uid = told.readLong()) {
                        found.add(uid);
                    }
                }
            }
            return null;
        });
        return found;
    }

    /** Where a server can't move, exactly the mails that were copied are taken out of the folder (RFC 4315), never what someone else marked. */
    void move(String uids, String to) throws MessagingException {
        folder.doCommand(protocol -> {
            if (protocol.hasCapability("MOVE")) {
                send(protocol, "UID MOVE " + uids, named(to));
            } else if (protocol.hasCapability("UIDPLUS")) {
                send(protocol, "UID COPY " + uids, named(to));
                send(protocol, "UID STORE " + uids + " +FLAGS.SILENT (\\Deleted)", null);
                send(protocol, "UID EXPUNGE " + uids, null);
            } else {
                throw new ProtocolException("The mail server can move no mail: it has neither MOVE nor UIDPLUS");
            }
            return null;
        });
    }

    private static Argument named(String folder) {
        var argument = new Argument();
        argument.writeString(BASE64MailboxEncoder.encode(folder));
        return argument;
    }

    private static Response[] send(IMAPProtocol protocol, String command, @Nullable Argument argument)
            throws ProtocolException {
        var answers = protocol.command(command, argument);
        protocol.notifyResponseHandlers(answers);
        protocol.handleResult(answers[answers.length - 1]);
        return answers;
    }
}
