package org.postbag.console.changing;

import java.util.Optional;
import org.postbag.enquiries.HomeLight;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.postbag.staff.UkTime;
import org.postbag.staff.Wording;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Urgent changes that nobody confirmed, on the first page: of data protection officers once it is late, of approvers from the beginning. */
@Component
@Profile("!command")
class UrgentLight implements HomeLight {

    private final Lists lists;
    private final Wording wording;

    UrgentLight(Lists lists, Wording wording) {
        this.lists = lists;
        this.wording = wording;
    }

    @Override
    public Optional<Shown> shown(StaffMember member) {
        if (member.has(Role.DATA_PROTECTION_OFFICER)) {
            var late = lists.overdue();
            return late.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Shown(
                            "Urgent changes",
                            false,
                            "Not confirmed in time",
                            wording.count(late.size(), "change was", "changes were")
                                    + " put in force by one person alone, and no second person confirmed it within "
                                    + Decisions.CONFIRM_WORKING_DAYS + " working days.",
                            ChangesPage.PATH));
        }
        if (!member.has(Role.ROUTE_APPROVER)) {
            return Optional.empty();
        }
        var open = lists.toConfirm();
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(new Shown(
                        "Urgent changes",
                        lists.overdue().isEmpty(),
                        "To be confirmed",
                        wording.count(open.size(), "urgent change waits", "urgent changes wait")
                                + " for a second person, the first until "
                                + UkTime.date(open.getFirst().confirmBy()) + ".",
                        ChangesPage.PATH));
    }
}
