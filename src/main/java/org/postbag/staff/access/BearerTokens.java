package org.postbag.staff.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/** Signs a request of the API in by {@code Authorization: Bearer} (RFC 6750). A token that isn't known is refused, also where no token was needed. */
final class BearerTokens extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private static final int TOO_MANY_REQUESTS = 429;

    private final ApiTokens tokens;
    private final SignInThrottle throttle;
    private final AuthenticationEntryPoint entry;

    BearerTokens(ApiTokens tokens, SignInThrottle throttle, AuthenticationEntryPoint entry) {
        this.tokens = tokens;
        this.throttle = throttle;
        this.entry = entry;
    }

    /** Whether a request comes with a token for the API. */
    static boolean isIn(HttpServletRequest request) {
        return request.getServletPath().startsWith("/api/") && token(request).isPresent();
    }

    private static Optional<String> token(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!throttle.mayTryToken(request.getRemoteAddr())) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(SignInThrottle.WINDOW.toSeconds()));
            response.sendError(TOO_MANY_REQUESTS);
            return;
        }
        var bearer = token(request).flatMap(tokens::bearer);
        if (bearer.isEmpty()) {
            throttle.unknownToken(request.getRemoteAddr());
            entry.commence(request, response, new BadCredentialsException("Unknown token"));
            return;
        }
        var context = SecurityContextHolder.createEmptyContext();
        var member = bearer.get().member();
        var authentication =
                UsernamePasswordAuthenticationToken.authenticated(member, null, StaffUser.authorities(member.roles()));
        // What it may be used for is looked at where it is known what the request would reach: see HandlerAccess.
        authentication.setDetails(bearer.get());
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }
}
