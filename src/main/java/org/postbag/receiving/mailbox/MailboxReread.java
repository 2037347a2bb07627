package org.postbag.receiving.mailbox;

import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.RereadSource;
import org.postbag.receiving.SourceLook;
import org.springframework.stereotype.Component;

/**
 * Reads a mailbox again: the mails of a span that lie in the route's folder and in the one that taken mails are moved to, by the day that the server has for
 * them (INTERNALDATE). Opened to read only: no flag is set and nothing is moved.
 */
@Component
public final class MailboxReread implements RereadSource {

    private static final int MAILS_MAX = 200;
    private static final String SENT = "email-sent";

    private final MailboxLook mailboxes;

    public MailboxReread(MailboxLook mailboxes) {
        this.mailboxes = mailboxes;
    }

    @Override
    public boolean isOf(String connector) {
        return connector.equals("email") || connector.startsWith("email-");
    }

    @Override
    public Extent extent(Map<String, String> settings) {
        return new Extent.Kept(
                "Mails that lie in " + String.join(" and ", folders(settings))
                        + ", whether or not they were taken, by the day on which they came there",
                null);
    }

    /** Where spam is read, the folder of taken mails isn't: what is no spam lies there too, and would be taken for it. */
    private static List<String> folders(Map<String, String> settings) {
        var folders = new ArrayList<String>();
        RereadSource.given(settings, "folder").ifPresent(folders::add);
        if (!Boolean.parseBoolean(settings.getOrDefault("junk", ""))) {
            RereadSource.given(settings, "movedTo").ifPresent(folders::add);
        }
        return folders;
    }

    @Override
    public Reading open(Span span, String place, SourceLook look) {
        return new Mails(span, Place.parse(place), look);
    }

    /**
     * @param folder which of the folders
     * @param validity of its UIDs, or 0
     * @param uid up to this one they were read
     */
    private record Place(int folder, long validity, long uid) {

        static Place parse(String text) {
            var parts = text.split(" ");
            return parts.length == 3
                    ? new Place(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]))
                    : new Place(0, 0, 0);
        }

        String text() {
            return folder + " " + validity + " " + uid;
        }
    }

    private final class Mails implements Reading {

        private final Span span;
        private final List<String> folders;
        private final SourceLook look;
        private Place place;
        private @Nullable Mailbox mailbox;
        /** What is left of the open folder. */
        private List<Long> uids = List.of();

        Mails(Span span, Place place, SourceLook look) {
            this.span = span;
            this.folders = folders(span.settings());
            this.place = place;
            this.look = look;
        }

        @Override
        public Piece next(int most) throws Away {
            try {
                while (place.folder() < folders.size()) {
                    var open = opened();
                    if (open != null && !uids.isEmpty()) {
                        return piece(open, Math.min(most, MAILS_MAX));
                    }
                    close();
                    place = new Place(place.folder() + 1, 0, 0);
                }
                return new Piece(List.of(), 0, place.text(), true, null);
            } catch (MessagingException | RuntimeException away) {
                if (away instanceof SourceLook.GivenUp givenUp) {
                    throw givenUp;
                }
                throw new Away(MailboxProblem.words(away, span.settings().containsKey("tokenUrl")), away);
            }
        }

        /** Null where the mailbox has no such folder, as one to which nothing was moved yet. */
        private @Nullable Mailbox opened() throws MessagingException {
            if (mailbox != null) {
                return mailbox;
            }
            var settings = new HashMap<>(span.settings());
            settings.put("folder", folders.get(place.folder()));
            Mailbox open;
            try {
                open = mailboxes.connect(settings, look);
            } catch (SpecialFolders.NoSuchFolder none) {
                return null;
            }
            mailbox = open;
            try {
                open.open();
            } catch (FolderNotFoundException none) {
                return null;
            }
            // Under another validity the numbers of before say nothing.
            long after = open.validity() == place.validity() ? place.uid() : 0;
            place = new Place(place.folder(), open.validity(), after);
            uids = open.between(span.first(), span.last(), after);
            return open;
        }

        private Piece piece(Mailbox open, int most) throws MessagingException {
            var next = uids.subList(0, Math.min(most, uids.size()));
            var listed = open.list(next);
            var batch = Batches.of(listed).stream().findFirst().orElse(List.of());
            // What went meanwhile has no size any more, and is passed over.
            boolean all = batch.size() == listed.size();
            long last = all ? next.getLast() : batch.getLast().uid();
            var mails = open.fetchAsFar(batch, Receiver.CONTENT_BYTES_MAX);
            int dealtWith = next.indexOf(last) + 1;
            uids = uids.subList(dealtWith, uids.size());
            place = new Place(place.folder(), place.validity(), last);
            boolean sent = span.connector().equals(SENT);
            var items = mails.parallelStream()
                    .map(mail -> MailPreview.arrival(span.route(), mail.content(), mail.size(), sent, span.settings()))
                    .toList();
            return new Piece(items, dealtWith - items.size(), place.text(), false, null);
        }

        @Override
        public void close() {
            var open = mailbox;
            mailbox = null;
            uids = List.of();
            if (open != null) {
                try {
                    open.close();
                } catch (MessagingException gone) {
                    // It was to be gone.
                }
            }
        }
    }
}
