package org.postbag.staff.web;

import org.jspecify.annotations.Nullable;
import org.postbag.staff.StaffMember;
import org.postbag.staff.access.SignedInStaff;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page's layout needs: {@code bodyName}, and {@code currentStaff}, which is null on pages that need nobody signed in. */
@ControllerAdvice
class LayoutAdvice {

    private final String bodyName;
    private final SignedInStaff signedIn;

    LayoutAdvice(@Value("${postbag.body.name}") String bodyName, SignedInStaff signedIn) {
        this.bodyName = bodyName;
        this.signedIn = signedIn;
    }

    @ModelAttribute("bodyName")
    String bodyName() {
        return bodyName;
    }

    @ModelAttribute("currentStaff")
    @Nullable
    StaffMember currentStaff() {
        return signedIn.anyone().orElse(null);
    }
}
