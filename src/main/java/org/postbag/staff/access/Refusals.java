package org.postbag.staff.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * What happens to a request that is refused: someone whose session has ended is asked to sign in again, with what they typed kept; someone signed in
 * is told that the page isn't for their role, and the trail knows it.
 */
@Component
class Refusals implements AccessDeniedHandler {

    private final Handlers handlers;
    private final SignInNeeded signIn;
    private final SignInTrail trail;

    Refusals(Handlers handlers, SignInNeeded signIn, SignInTrail trail) {
        this.handlers = handlers;
        this.signIn = signIn;
        this.trail = trail;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException, ServletException {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (SignedInStaff.of(authentication).isEmpty() && refusal instanceof CsrfException) {
            askToSignInAgain(request, response);
            return;
        }
        trail.refused(authentication, request.getMethod() + " " + request.getServletPath());
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }

    private void askToSignInAgain(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getServletPath().startsWith("/api/")) {
            signIn.commence(request, response, new AuthenticationCredentialsNotFoundException("Nobody is signed in"));
        } else if (request.getServletPath().startsWith(SignInNeeded.PAGE)) {
            response.sendRedirect(SignInNeeded.PAGE + "?ended=page");
        } else if (request.getHeader("HX-Request") != null) {
            // Only a part of a page was asked for. Whoever is typing goes on; what they typed is kept when they send
            // the page itself.
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (handlers.access(request) instanceof Access.Anyone) {
            // The public has no session to go back to: the page itself says what to do.
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            var kept = KeptSubmission.keep(request);
            response.sendRedirect(SignInNeeded.PAGE + (kept ? "?ended=kept" : "?ended=session"));
        }
    }
}
