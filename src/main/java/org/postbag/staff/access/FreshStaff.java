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
 * click, not from the next sign-in. While the database is away nobody can change these, and {@link WithoutDatabase} goes on for who was signed in.
 */
final class FreshStaff extends OncePerRequestFilter {

    private final StaffUsers users;
    private final Handlers handlers;

    FreshStaff(StaffUsers users, Handlers handlers) {
        this.users = users;
        this.handlers = handlers;
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
            var now = find(then, request);
            SecurityContextHolder.clearContext();
            now.filter(then::goesOnAs).ifPresentOrElse(FreshStaff::signIn, () -> end(request));
        }
        chain.doFilter(request, response);
    }

    private Optional<StaffUser> find(StaffUser then, HttpServletRequest request) throws ServletException {
        try {
            return users.find(then.id());
        } catch (DataAccessException away) {
            if (handlers.access(request) instanceof Access.Staff(var _, var withoutDatabase) && withoutDatabase) {
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
