package org.postbag.console.mapping;

import java.util.List;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.stereotype.Component;

/** What whoever is signed in may do on these pages. */
@Component
class MayChange {

    private static final List<Role> EDITORS = List.of(Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR);
    private static final List<Role> OPERATORS =
            List.of(Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR);

    /** Those who see what people wrote; route roles and administrators don't by themselves. */
    private static final List<Role> READERS =
            List.of(Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER);

    private final CurrentStaff staff;

    MayChange(CurrentStaff staff) {
        this.staff = staff;
    }

    boolean edit() {
        return any(EDITORS);
    }

    boolean operate() {
        return any(OPERATORS);
    }

    boolean seeContent() {
        return any(READERS);
    }

    String actor() {
        return staff.member().actor();
    }

    private boolean any(List<Role> roles) {
        var member = staff.member();
        return roles.stream().anyMatch(member::has);
    }
}
