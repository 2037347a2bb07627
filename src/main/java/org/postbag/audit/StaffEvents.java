package org.postbag.audit;

import org.postbag.staff.StaffEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Records what happens to and around staff: who signed in or failed to, who was refused, whose roles changed. */
@Component
class StaffEvents {

    private final AuditTrail trail;

    StaffEvents(AuditTrail trail) {
        this.trail = trail;
    }

    /** Runs where the event is published, in its transaction if there is one. */
    @EventListener
    void record(StaffEvent event) {
        var action = switch (event.kind()) {
            case SIGNED_IN -> Action.SIGNED_IN;
            case SIGN_IN_FAILED -> Action.SIGN_IN_FAILED;
            case SIGNED_OUT -> Action.SIGNED_OUT;
            case REFUSED -> Action.REFUSED;
            case CREATED -> Action.CREATED;
            case CORRECTED -> Action.CORRECTED;
        };
        trail.record(new AuditEvent(
                event.actor(), action, Subject.staff(event.staffId()), event.detail(), event.before(), event.after()));
    }
}
