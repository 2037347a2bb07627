package org.postbag.staff.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Tokens against forged requests. Staff's stand in their session. The public form's stands in a cookie of its own: whoever only looks at the form, a crawler say, costs no
 * session, and a form that lies open over lunch can still be sent.
 */
final class CsrfTokens implements CsrfTokenRepository {

    private static final String FORM = "/contact";
    private static final String COOKIE = "contact-form";
    private static final String HEADER = "X-CSRF-TOKEN";

    private final RequestMatcher ofForm =
            PathPatternRequestMatcher.withDefaults().matcher(FORM);
    private final CsrfTokenRepository sessions = new HttpSessionCsrfTokenRepository();
    private final CsrfTokenRepository cookies = cookies();

    private static CsrfTokenRepository cookies() {
        var cookies = new CookieCsrfTokenRepository();
        cookies.setCookieName(COOKIE);
        cookies.setHeaderName(HEADER);
        cookies.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return cookies;
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return of(request).generateToken(request);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        of(request).saveToken(token, request, response);
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return of(request).loadToken(request);
    }

    private CsrfTokenRepository of(HttpServletRequest request) {
        return ofForm.matches(request) ? cookies : sessions;
    }
}
