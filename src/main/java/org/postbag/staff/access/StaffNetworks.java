package org.postbag.staff.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.catalina.Globals;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in from outside the networks of staff only what is open to the public (D5, D21). To others the pages of staff, sign-in among them, are not
 * there: 404.
 */
final class StaffNetworks extends OncePerRequestFilter {

    /** Open to anyone who may become staff, and to nobody else. */
    private static final Set<String> DOORS = Set.of("/sign-in", "/sign-out", "/sign-in/refused", "/sign-in/continue");

    private static final List<String> FORWARDED = List.of("X-Forwarded-For", "Forwarded");

    private final Handlers handlers;
    private final List<IpAddressMatcher> networks;

    StaffNetworks(Handlers handlers, List<String> networks) {
        this.handlers = handlers;
        this.networks = networks.stream().map(IpAddressMatcher::new).toList();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isInside(request) || isOpenOutside(request)) {
            chain.doFilter(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private boolean isOpenOutside(HttpServletRequest request) throws ServletException {
        return !DOORS.contains(request.getServletPath()) && handlers.access(request) instanceof Access.Anyone;
    }

    private boolean isInside(HttpServletRequest request) {
        if (cameThroughUnknownProxy(request)) {
            return false;
        }
        return networks.stream().anyMatch(network -> network.matches(request.getRemoteAddr()));
    }

    /** The connection is a proxy's that no setting names, perhaps one on this machine: who is behind it can't be told. */
    private static boolean cameThroughUnknownProxy(HttpServletRequest request) {
        return request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE) == null
                && FORWARDED.stream().anyMatch(header -> request.getHeader(header) != null);
    }
}
