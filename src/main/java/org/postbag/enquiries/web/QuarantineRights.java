package org.postbag.enquiries.web;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.postbag.audit.AuditTrail.Entry;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;

/** What a member may see and do in quarantine: beside the marks on handlers, for what pages show. */
final class QuarantineRights {

    private static final Set<Role> CONTENT = EnumSet.of(Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER);
    private static final Set<Role> ACTS =
            EnumSet.of(Role.OFFICER, Role.REVIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER);

    private QuarantineRights() {}

    /** What items say, who sent them, and what staff typed about them, which may name somebody. */
    static boolean seesContent(StaffMember member) {
        return member.roles().stream().anyMatch(CONTENT::contains);
    }

    static boolean mayAct(StaffMember member) {
        return member.roles().stream().anyMatch(ACTS::contains);
    }

    /** The trail without the values that may be personal, for who sees no content. */
    static List<Entry> history(List<Entry> entries, StaffMember member) {
        return seesContent(member)
                ? entries
                : entries.stream()
                        .map(entry -> new Entry(
                                entry.at(),
                                entry.actor(),
                                entry.actorName(),
                                entry.action(),
                                entry.detail(),
                                null,
                                null))
                        .toList();
    }
}
