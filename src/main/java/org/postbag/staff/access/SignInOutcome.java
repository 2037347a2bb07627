package org.postbag.staff.access;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/** Where a sign-in leads: back to where it was asked for, or to the sign-in page with what went wrong. */
@Component
class SignInOutcome {

    private static final String REFUSED = "/sign-in/refused";
    private static final String CONTINUE = "/sign-in/continue";

    private final SignInTrail trail;

    SignInOutcome(SignInTrail trail) {
        this.trail = trail;
    }

    AuthenticationSuccessHandler success() {
        var back = new SavedRequestAwareAuthenticationSuccessHandler();
        return (request, response, authentication) -> {
            trail.signedIn(authentication, request.getRemoteAddr());
            if (KeptSubmission.in(request.getSession(false)).isPresent()) {
                response.sendRedirect(CONTINUE);
            } else {
                back.onAuthenticationSuccess(request, response, authentication);
            }
        };
    }

    AuthenticationFailureHandler failure() {
        return (request, response, exception) -> {
            var reason = reason(exception);
            var username = request.getParameter("username");
            trail.failed(username == null ? "" : username, reason, request.getRemoteAddr());
            request.setAttribute(SignInFailure.ATTRIBUTE, reason);
            request.getRequestDispatcher(REFUSED).forward(request, response);
        };
    }

    private static SignInFailure reason(AuthenticationException exception) {
        return switch (exception) {
            case TooManyTries _ -> SignInFailure.TOO_MANY_TRIES;
            case AuthenticationServiceException _ -> SignInFailure.SERVER_AWAY;
            default -> SignInFailure.WRONG;
        };
    }
}
