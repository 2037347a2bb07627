package org.postbag.receiving.mailbox;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.postbag.receiving.SourcePositions;
import org.postbag.receiving.mailbox.Mailbox.Listed;

/**
 * How far a folder was read whose mails stay where they are. It is durable, as the folder's validity and a UID below which all is taken (RFC 3501,
 * 2.3.1.1), and moves only after the mails are durable; should it be lost, they are read again, and known.
 */
final class Progress {

    /** The first time, no older mails than these are taken: what was answered long before answers nothing that is here. */
    private static final int FIRST_TIME_DAYS = 30;

    private final SourcePositions positions;
    private final Clock clock;
    private String route = "";
    private long validity;
    /** The first UID that is not known to be taken, and those behind it that are. */
    private long next;

    private final Set<Long> takenBehind = new HashSet<>();
    private final NavigableSet<Long> staying = new TreeSet<>();

    Progress(SourcePositions positions, Clock clock) {
        this.positions = positions;
        this.clock = clock;
    }

    /** What lies in the open folder and was not taken yet, the oldest first. */
    List<Listed> unread(Mailbox open, String ofRoute) throws MessagingException {
        if (open.validity() != validity || !route.equals(ofRoute)) {
            begin(open, ofRoute);
        }
        return open.list(next).stream()
                .filter(mail -> !takenBehind.contains(mail.uid()))
                .toList();
    }

    private void begin(Mailbox open, String ofRoute) throws MessagingException {
        takenBehind.clear();
        staying.clear();
        long now = open.validity();
        var position = positions.of(ofRoute);
        var there = position.filter(text -> text.startsWith(now + ":"));
        if (there.isPresent()) {
            next = Long.parseLong(there.get().substring(there.get().indexOf(':') + 1));
        } else {
            // Under another validity all that is there may be new; what is known changes nothing.
            next = position.isPresent()
                    ? 1
                    : open.firstSince(
                            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(FIRST_TIME_DAYS));
        }
        validity = now;
        route = ofRoute;
    }

    /** The first UID that is not known to be taken. */
    long next() {
        return next;
    }

    /** These are durable. */
    void read(Collection<Long> uids) {
        uids.forEach(staying::remove);
        takenBehind.addAll(uids);
        long last = takenBehind.stream().mapToLong(Long::longValue).max().orElse(next - 1);
        long reached = staying.isEmpty() ? last + 1 : Math.min(last + 1, staying.first());
        if (reached > next) {
            next = reached;
            takenBehind.removeIf(uid -> uid < next);
            positions.move(route, validity + ":" + next, clock.instant());
        }
    }

    /** This one could not be taken, and is tried again. */
    void stays(long uid) {
        staying.add(uid);
    }
}
