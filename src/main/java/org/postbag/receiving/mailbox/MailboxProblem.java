package org.postbag.receiving.mailbox;

import jakarta.mail.FolderNotFoundException;
import org.postbag.mail.MailFault;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.SecretValues;
import org.springframework.dao.DataAccessException;

/** Why a mailbox could not be read and what to do, in words of ours: what a server says may quote anything. */
final class MailboxProblem {

    private static final String TO_ENCRYPT = "set the protocol to imaps and the port to its own (993)";

    private MailboxProblem() {}

    /** @param byToken whether the route signs in by token, else by password */
    static String words(Throwable away, boolean byToken) {
        return switch (away) {
            case SecretValues.NoSuchSecret none -> String.valueOf(none.getMessage());
            case ReceivingUnavailable store -> String.valueOf(store.getMessage());
            case FolderNotFoundException none -> "the mailbox has no such folder; name one that it has in the settings";
            case Mailbox.NotMade none ->
                "the folder that taken mails are moved to is not there, and the mail server does not let it be made; make it there, or name another";
            case DataAccessException none -> "the database does not answer, which keeps how far the folder was read";
            case OutOfMemoryError full -> "the program ran out of memory";
            default -> new MailFault(byToken, TO_ENCRYPT).words(away);
        };
    }
}
