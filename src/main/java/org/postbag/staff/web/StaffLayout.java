package org.postbag.staff.web;

import org.jspecify.annotations.Nullable;
import org.postbag.staff.StaffMember;
import org.postbag.staff.access.SignedInStaff;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What the layout of staff's pages asks for itself, so that a page which refuses or tells of a fault looks like every other. */
@Component("staffLayout")
public class StaffLayout {

    private final String bodyName;
    private final SignedInStaff signedIn;

    StaffLayout(@Value("${postbag.body.name}") String bodyName, SignedInStaff signedIn) {
        this.bodyName = bodyName;
        this.signedIn = signedIn;
    }

    public String bodyName() {
        return bodyName;
    }

    /** Null on pages that need nobody signed in, where nobody is. */
    public @Nullable StaffMember currentStaff() {
        return signedIn.anyone().orElse(null);
    }
}
