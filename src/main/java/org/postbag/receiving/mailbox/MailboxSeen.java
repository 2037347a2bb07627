package org.postbag.receiving.mailbox;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.component.mail.MailConfiguration;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.SourceView;
import org.postbag.receiving.SourceView.Fact;

/** What a poll saw of its mailbox, for pages. Written by the thread that polls, read by any. */
final class MailboxSeen {

    private final MailConfiguration settings;
    private final Clock clock;
    private volatile @Nullable SourceView latest;
    private List<Fact> folder = List.of();
    private long listed;
    private long taken;
    /** Whether what lies there was seen by the look that goes on, or that was the last. */
    private boolean current;

    private long lastTaken;

    MailboxSeen(MailConfiguration settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Another look begins. */
    void begins() {
        current = false;
    }

    /** The folder is open, and so much lies in it that is not taken. */
    void listed(long validity, long mails, String cursor) {
        listed = mails;
        current = true;
        taken = 0;
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("Server", settings.getHost()));
        facts.add(new Fact("Folder", settings.getFolderName()));
        facts.add(new Fact(
                "Taken mails", settings.getMoveTo() == null ? "stay where they are" : "go to " + settings.getMoveTo()));
        facts.add(new Fact("UID validity", Long.toString(validity)));
        if (!cursor.isEmpty()) {
            facts.add(new Fact("Read on from UID", cursor));
        }
        folder = facts;
        show(null);
    }

    /** These are durable and out of the way. */
    void took(List<Long> uids) {
        taken += uids.size();
        lastTaken = uids.stream().mapToLong(Long::longValue).max().orElse(lastTaken);
        show(null);
    }

    /** Nothing is asked until the pause is over. */
    void ended(Duration pause) {
        show(pause);
    }

    private void show(@Nullable Duration pause) {
        var now = clock.instant();
        var facts = new ArrayList<>(folder);
        if (lastTaken > 0) {
            facts.add(new Fact("Last UID taken", Long.toString(lastTaken)));
        }
        latest = new SourceView(
                now,
                pause == null ? null : now.plus(pause),
                folder.isEmpty() || !current ? null : Math.max(0, listed - taken),
                facts);
    }

    /** Null before the first poll. */
    @Nullable
    SourceView view() {
        return latest;
    }
}
