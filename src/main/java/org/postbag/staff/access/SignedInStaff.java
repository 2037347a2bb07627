package org.postbag.staff.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.StaffMember;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The member of staff of this request's session, or the bearer of its token. */
@Component
public class SignedInStaff implements CurrentStaff {

    SignedInStaff() {}

    @Override
    public StaffMember member() {
        return anyone().orElseThrow(() -> new AuthenticationCredentialsNotFoundException("Nobody is signed in"));
    }

    /** Whoever is signed in, or nobody. */
    public Optional<StaffMember> anyone() {
        return of(SecurityContextHolder.getContext().getAuthentication());
    }

    static Optional<StaffMember> of(@Nullable Authentication authentication) {
        return switch (authentication == null ? null : authentication.getPrincipal()) {
            case StaffUser user -> Optional.of(user.member());
            case StaffMember member -> Optional.of(member);
            case null, default -> Optional.empty();
        };
    }
}
