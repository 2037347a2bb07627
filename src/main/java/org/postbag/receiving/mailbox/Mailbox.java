package org.postbag.receiving.mailbox;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.ReceivedDateTerm;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.component.mail.MailAuthenticator;
import org.apache.camel.component.mail.MailConfiguration;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;
import org.postbag.mail.AccessTokens;

/**
 * A connection to a mailbox. Gives each mail's bytes exactly as the server has them, many with one command, sets no flag, and moves many with one command.
 * Deletes nothing: where a server can't move, exactly the mails that were copied are taken out of the folder (RFC 4315), never what someone else marked.
 */
final class Mailbox implements AutoCloseable {

    /** Of a mail that is too large to be taken in: enough for its headers, and for staff to see what it is. */
    static final int BEGINNING_BYTES = 256 * 1024;

    private static final String SIZES = "UID RFC822.SIZE";
    private static final DateTimeFormatter SEARCHED_DAY = DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);

    private final IMAPStore store;
    private final IMAPFolder folder;
    private final ImapCommands commands;
    private final @Nullable String movedTo;

    private Mailbox(IMAPStore store, IMAPFolder folder, @Nullable String movedTo) {
        this.store = store;
        this.folder = folder;
        this.commands = new ImapCommands(folder);
        this.movedTo = movedTo;
    }

    /** A mail that lies in the folder; its id holds while {@link #validity} stays the same. */
    record Listed(long uid, long size) {}

    /** The server lets the folder for taken mails not be made. */
    static final class NotMade extends MessagingException {

        private static final long serialVersionUID = 1L;
    }

    static Mailbox connect(Session session, MailConfiguration settings, MailAuthenticator signIn)
            throws MessagingException {
        var store = (IMAPStore) session.getStore(settings.getProtocol());
        try {
            var login = signIn.getPasswordAuthentication();
            store.connect(settings.getHost(), settings.getPort(), login.getUserName(), login.getPassword());
            if (settings.getMoveTo() != null) {
                var movedTo = store.getFolder(settings.getMoveTo());
                // Another route on the same mailbox may just have made it.
                if (!movedTo.exists() && !movedTo.create(Folder.HOLDS_MESSAGES) && !movedTo.exists()) {
                    throw new NotMade();
                }
            }
            return new Mailbox(store, SpecialFolders.folder(store, settings.getFolderName()), settings.getMoveTo());
        } catch (AuthenticationFailedException refused) {
            if (signIn instanceof AccessTokens tokens) {
                tokens.forget();
            }
            store.close();
            throw refused;
        } catch (MessagingException | RuntimeException away) {
            store.close();
            throw away;
        }
    }

    boolean isConnected() {
        return store.isConnected();
    }

    /** Opens the folder for one poll, so that what Angus remembers of its mails doesn't grow with every mail that ever came. */
    void open() throws MessagingException {
        folder.open(moves() ? Folder.READ_WRITE : Folder.READ_ONLY);
    }

    /** Whether taken mails are moved; else they stay where they are. */
    boolean moves() {
        return movedTo != null;
    }

    boolean isOpen() {
        return folder.isOpen();
    }

    /** False: what others marked as deleted stays. */
    void closeFolder() throws MessagingException {
        if (folder.isOpen()) {
            folder.close(false);
        }
    }

    long validity() throws MessagingException {
        return folder.getUIDValidity();
    }

    /** All that lies in the folder from a UID on, whatever its flags, the oldest first. */
    List<Listed> list(long first) throws MessagingException {
        // A range up to the last holds the last also where that lies before its beginning (RFC 3501, 6.4.8).
        return listed(first + ":*").stream().filter(mail -> mail.uid() >= first).toList();
    }

    /** Those of these that lie in the folder, the oldest first. */
    List<Listed> list(List<Long> uids) throws MessagingException {
        return uids.isEmpty() ? List.of() : listed(ImapCommands.set(uids));
    }

    private List<Listed> listed(String uids) throws MessagingException {
        return listed(commands.fetch(uids, SIZES));
    }

    private static List<Listed> listed(List<FetchResponse> answers) {
        var listed = new ArrayList<Listed>();
        for (var answer : answers) {
            var uid = answer.getItem(UID.class);
            var size = answer.getItem(RFC822SIZE.class);
            if (uid != null && size != null) {
                listed.add(new Listed(uid.uid, size.size));
            }
        }
        listed.sort(Comparator.comparingLong(Listed::uid));
        return listed;
    }

    /** The UIDs of the mails that came on these days, as the server has it (RFC 3501, 6.4.4), behind one of them; in order. */
    List<Long> between(LocalDate first, LocalDate last, long after) throws MessagingException {
        var found = commands.search("UID %d:* SINCE %s BEFORE %s"
                .formatted(after + 1, SEARCHED_DAY.format(first), SEARCHED_DAY.format(last.plusDays(1))));
        // A range up to the last holds the last also where that lies before its beginning.
        return found.stream().filter(uid -> uid > after).sorted().toList();
    }

    /** How many mails lie in the folder. */
    int count() throws MessagingException {
        return folder.getMessageCount();
    }

    /** The one that has lain there longest. */
    Optional<Listed> first() throws MessagingException {
        return listed(commands.fetchNumbered("1", SIZES)).stream().findFirst();
    }

    /** The names of the mailbox's folders. */
    List<String> folders() throws MessagingException {
        return Arrays.stream(store.getDefaultFolder().list("*"))
                .map(Folder::getFullName)
                .sorted()
                .toList();
    }

    /** The UID of the first mail that came on a day or later; where there is none, what the next mail will have, or 1. */
    long firstSince(LocalDate day) throws MessagingException {
        var date = Date.from(day.atStartOfDay(ZoneId.systemDefault()).toInstant());
        long first = Long.MAX_VALUE;
        for (var mail : folder.search(new ReceivedDateTerm(ComparisonTerm.GE, date))) {
            first = Math.min(first, folder.getUID(mail));
        }
        return first < Long.MAX_VALUE ? first : Math.max(1, folder.getUIDNext());
    }

    /** These mails whole. One that is gone by now, or that the server doesn't give, isn't among them. */
    List<FetchedMail> fetch(List<Listed> mails) throws MessagingException {
        var found = new ArrayList<FetchedMail>();
        for (var answer :
                commands.fetch(ImapCommands.set(mails.stream().map(Listed::uid).toList()), "UID BODY.PEEK[]")) {
            var uid = answer.getItem(UID.class);
            var content = content(answer);
            if (uid != null && content != null) {
                found.add(new FetchedMail(uid.uid, content.length, content));
            }
        }
        return found;
    }

    /** These mails, and of one that is larger than {@code mailBytesMax} the beginning. */
    List<FetchedMail> fetchAsFar(List<Listed> mails, long mailBytesMax) throws MessagingException {
        var fetched = new ArrayList<FetchedMail>(mails.size());
        var whole = mails.stream().filter(mail -> mail.size() <= mailBytesMax).toList();
        if (!whole.isEmpty()) {
            // What the server says of a size need not be true.
            fetch(whole).stream()
                    .map(mail -> mail.size() > mailBytesMax ? mail.beginning(BEGINNING_BYTES) : mail)
                    .forEach(fetched::add);
        }
        for (Listed mail : mails) {
            if (mail.size() > mailBytesMax) {
                fetched.addAll(fetchBeginning(mail, BEGINNING_BYTES));
            }
        }
        return fetched;
    }

    /** The beginning of one mail. */
    List<FetchedMail> fetchBeginning(Listed mail, int length) throws MessagingException {
        var found = new ArrayList<FetchedMail>();
        for (var answer : commands.fetch(Long.toString(mail.uid()), "UID BODY.PEEK[]<0." + length + ">")) {
            var content = content(answer);
            if (content != null) {
                found.add(new FetchedMail(mail.uid(), mail.size(), content));
            }
        }
        return found;
    }

    /** Moves these out of the folder, those that are still there. */
    void move(List<Long> uids) throws MessagingException {
        commands.move(ImapCommands.set(uids), Objects.requireNonNull(movedTo));
    }

    @Override
    public void close() throws MessagingException {
        try {
            closeFolder();
        } finally {
            store.close();
        }
    }

    private static byte @Nullable [] content(FetchResponse answer) {
        var body = answer.getItem(BODY.class);
        return body == null || body.getByteArray() == null
                ? null
                : body.getByteArray().getNewBytes();
    }
}
