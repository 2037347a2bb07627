package org.postbag.console.changing;

import org.jspecify.annotations.Nullable;
import org.postbag.staff.Reason;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;

/** Who may do what with versions, as the handlers' annotations say it, for pages to show no button that would be refused. */
final class Editing {

    private Editing() {}

    static boolean mayEdit(StaffMember member) {
        return member.has(Role.ROUTE_EDITOR) || member.has(Role.ROUTE_APPROVER) || member.has(Role.ADMINISTRATOR);
    }

    static boolean mayApprove(StaffMember member) {
        return member.has(Role.ROUTE_APPROVER);
    }

    /** Data protection officers see the lists; a text is for those who run routes. */
    static boolean mayRead(StaffMember member) {
        return mayEdit(member) || member.has(Role.ROUTE_VIEWER) || member.has(Role.ROUTE_OPERATOR);
    }

    static Reason reason(@Nullable String typed) {
        return Reason.read(typed, "Enter a reason");
    }
}
