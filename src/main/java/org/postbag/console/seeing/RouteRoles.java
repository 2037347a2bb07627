package org.postbag.console.seeing;

import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;

/** What each role may do with routes: a higher one may do what the lower ones may. */
final class RouteRoles {

    private RouteRoles() {}

    /** Start, stop, trace. */
    static boolean mayAct(StaffMember member) {
        return member.has(Role.ROUTE_OPERATOR) || mayEdit(member) || member.has(Role.ADMINISTRATOR);
    }

    /** Change what a route is. */
    static boolean mayEdit(StaffMember member) {
        return member.has(Role.ROUTE_EDITOR) || member.has(Role.ROUTE_APPROVER);
    }

    /** See what an item says: as with raw items in quarantine. Route roles alone don't. */
    static boolean maySeeContent(StaffMember member) {
        return member.has(Role.OFFICER) || member.has(Role.REVIEWER) || member.has(Role.DATA_PROTECTION_OFFICER);
    }
}
