package org.postbag.enquiries.web;

import java.time.Clock;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.RecordedByHand;
import org.postbag.enquiries.Sight;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.postbag.staff.UkTime;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** What the member of staff recorded today, and nobody else's: all that a call handler sees of the record. Of what is sensitive by now, its reference. */
@Controller
@AllowedTo({Role.CALL_HANDLER, Role.OFFICER, Role.REVIEWER})
class OwnCallsPage {

    private final RecordedByHand recorded;
    private final Sight sight;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final Clock clock;

    OwnCallsPage(RecordedByHand recorded, Sight sight, AuditTrail trail, CurrentStaff staff, Clock clock) {
        this.recorded = recorded;
        this.sight = sight;
        this.trail = trail;
        this.staff = staff;
        this.clock = clock;
    }

    @GetMapping("/by-hand/today")
    ModelAndView today() {
        var member = staff.member();
        var actor = member.actor();
        var today = clock.instant().atZone(UkTime.ZONE).toLocalDate();
        var own = recorded.by(actor, today.atStartOfDay(UkTime.ZONE).toInstant());
        var hidden =
                sight.hidden(own.stream().map(RecordedByHand.Own::enquiryId).toList(), member);
        trail.record(own.stream()
                .filter(one -> !hidden.contains(one.enquiryId()))
                .map(one -> new AuditEvent(actor, Action.LOOKED, Subject.enquiry(one.enquiryId()), "own calls"))
                .toList());
        return new ModelAndView("enquiries/own-calls")
                .addObject("own", own)
                .addObject("hidden", hidden)
                .addObject("today", today);
    }
}
