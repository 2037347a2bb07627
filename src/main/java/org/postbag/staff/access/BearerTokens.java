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

    private final ApiTokens tokens;
    private final AuthenticationEntryPoint entry;

    BearerTokens(ApiTokens tokens, AuthenticationEntryPoint entry) {
        this.tokens = tokens;
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
        var bearer = token(request).flatMap(tokens::bearer);
        if (bearer.isEmpty()) {
            entry.commence(request, response, new BadCredentialsException("Unknown token"));
            return;
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                bearer.get(), null, StaffUser.authorities(bearer.get().roles())));
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }
}
