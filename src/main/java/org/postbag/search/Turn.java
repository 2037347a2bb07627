package org.postbag.search;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.search.Reindex.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Whose turn it is to work on the whole index: one at a time in this process, and never without the trail. */
final class Turn {

    /** What the program does by itself. It tries again and again where it must: only what it brought to a good end is recorded. */
    static final String ITSELF = "job:indexing";

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    private final AuditTrail trail;
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile Action action = Action.REBUILT;
    private volatile String actor = ITSELF;

    Turn(AuditTrail trail) {
        this.trail = trail;
    }

    /** False where it is another's. What can't be recorded isn't begun. */
    boolean take(Action what, String who) {
        if (!taken.compareAndSet(false, true)) {
            return false;
        }
        try {
            action = what;
            actor = who;
            if (!who.equals(ITSELF)) {
                record("begun");
            }
            return true;
        } catch (RuntimeException away) {
            taken.set(false);
            throw away;
        }
    }

    /** What was done stays done, also where the trail is away. */
    void end(State state, String outcome) {
        try {
            if (!actor.equals(ITSELF) || state == State.DONE) {
                record(outcome);
            }
        } catch (DataAccessException away) {
            LOG.warn("How it ended is not in the trail: {}, {}", action.label(), outcome);
        } finally {
            taken.set(false);
        }
    }

    boolean isTaken() {
        return taken.get();
    }

    private void record(String detail) {
        trail.record(new AuditEvent(actor, action, Subject.searchIndex(), detail));
    }

    static String count(long enquiries) {
        return String.format(Locale.UK, enquiries == 1 ? "%,d enquiry" : "%,d enquiries", enquiries);
    }
}
