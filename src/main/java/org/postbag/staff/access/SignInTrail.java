package org.postbag.staff.access;

import org.jspecify.annotations.Nullable;
import org.postbag.staff.StaffEvent;
import org.postbag.staff.StaffEvent.Kind;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Tells the trail who signed in, who failed to, who signed out, and who was refused a page. */
@Component
class SignInTrail {

    private static final String SIGN_IN = "job:sign-in";
    private static final String UNKNOWN = "unknown";

    private final StaffUsers users;
    private final ApplicationEventPublisher events;

    SignInTrail(StaffUsers users, ApplicationEventPublisher events) {
        this.users = users;
        this.events = events;
    }

    void signedIn(Authentication authentication, String address) {
        record(authentication, Kind.SIGNED_IN, "signed in", "from " + address);
    }

    void signedOut(@Nullable Authentication authentication) {
        record(authentication, Kind.SIGNED_OUT, "signed out", null);
    }

    void refused(@Nullable Authentication authentication, String what) {
        record(authentication, Kind.REFUSED, what, null);
    }

    /** What was typed as a username that nobody has is not kept: it may be a password typed into the wrong field. */
    void failed(String username, SignInFailure why, String address) {
        // While the database is away there is neither an account to look up nor a trail to write.
        if (why != SignInFailure.SERVER_AWAY) {
            var id = users.find(username).map(user -> Long.toString(user.id())).orElse(UNKNOWN);
            var detail = why == SignInFailure.TOO_MANY_TRIES ? "too many failed tries" : "wrong username or password";
            events.publishEvent(new StaffEvent(SIGN_IN, Kind.SIGN_IN_FAILED, id, detail, null, "from " + address));
        }
    }

    private void record(@Nullable Authentication authentication, Kind kind, String detail, @Nullable String address) {
        var id = authentication != null && authentication.getPrincipal() instanceof StaffUser user
                ? Long.toString(user.id())
                : UNKNOWN;
        SignedInStaff.of(authentication)
                .ifPresent(
                        member -> events.publishEvent(new StaffEvent(member.actor(), kind, id, detail, null, address)));
    }
}
