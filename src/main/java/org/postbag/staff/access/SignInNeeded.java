package org.postbag.staff.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/** Answers a request that needs someone signed in: the API with 401, a page with the way to sign in. */
@Component
class SignInNeeded implements AuthenticationEntryPoint {

    static final String PAGE = "/sign-in";

    private final LoginUrlAuthenticationEntryPoint page = new LoginUrlAuthenticationEntryPoint(PAGE);

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException authenticationException)
            throws IOException, ServletException {
        if (request.getServletPath().startsWith("/api/")) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (request.getHeader("HX-Request") != null) {
            // htmx would put the sign-in page into a part of the page that asked; it is told to go there as a whole.
            response.setHeader("HX-Redirect", request.getContextPath() + PAGE);
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            page.commence(request, response, authenticationException);
        }
    }
}
