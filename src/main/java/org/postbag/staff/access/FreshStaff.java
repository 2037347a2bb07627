package org.postbag.staff.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.postbag.staff.WithoutDatabase;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the member of staff of a session anew on each request that needs one: a role taken away, a new password or a deactivation counts from the next
 * click, not from the next sign-in. What pages ask by themselves ({@link org.postbag.staff.Unattended}) keeps no session alive. While the database is away nobody can change these, and {@link WithoutDatabase} goes on for who was signed in.
 */
final class FreshStaff extends OncePerRequestFilter {

    private final StaffUsers users;
    private final Handlers handlers;
    private final SessionUse use;

    FreshStaff(StaffUsers users, Handlers handlers, SessionUse use) {
        this.users = users;
        this.handlers = handlers;
        this.use = use;
    }

    /** Static files and open pages do without. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) throws ServletException {
        return handlers.access(request) instanceof Access.Anyone;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof StaffUser then) {
            var now = goesOn(request) ? find(then, request) : Optional.<StaffUser>empty();
            SecurityContextHolder.clearContext();
            now.filter(then::goesOnAs).ifPresentOrElse(FreshStaff::signIn, () -> end(request));
        }
        chain.doFilter(request, response);
    }

    /** Whether the session is still used; what somebody asks for is its latest use. */
    private boolean goesOn(HttpServletRequest request) throws ServletException {
        var session = request.getSession(false);
        if (session == null) {
            return true;
        }
        if (use.isOver(session)) {
            return false;
        }
        if (handlers.access(request) instanceof Access.Staff staff && !staff.unattended()) {
            use.used(session);
        }
        return true;
    }

    private Optional<StaffUser> find(StaffUser then, HttpServletRequest request) throws ServletException {
        try {
            return users.find(then.id());
        } catch (DataAccessException away) {
            if (handlers.access(request) instanceof Access.Staff staff && staff.withoutDatabase()) {
                request.setAttribute(WithoutDatabase.AWAY, true);
                return Optional.of(then);
            }
            throw away;
        }
    }

    private static void signIn(StaffUser user) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities()));
        SecurityContextHolder.setContext(context);
    }

    private static void end(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
