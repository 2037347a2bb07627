package org.postbag.receiving.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.LocaleResolver;

/**
 * Which language somebody reads the public pages in: the one that the form or the address names, else the first of those that their browser asks for which we have,
 * else English. Staff's pages are in English whatever it is.
 */
@Component(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME)
class VisitorLanguage implements LocaleResolver {

    /** Names the language of a page, in its address or as a hidden field of its form. */
    static final String FIELD = "lang";
    /** The button that brings the form back in another language, with everything that was typed. */
    static final String CHANGE = "change-language";

    PageLanguage of(HttpServletRequest request) {
        var asked = asked(request);
        return new PageLanguage(chosen(request).orElse(asked), asked, request.getContextPath());
    }

    private static Optional<PublicLanguage> chosen(HttpServletRequest request) {
        try {
            // The server's own parameters of a form with files are empty where it comes to an error page.
            var upload = Upload.of(request);
            return PublicLanguage.of(upload.text(CHANGE)).or(() -> PublicLanguage.of(upload.text(FIELD)));
        } catch (IllegalStateException unreadable) {
            // Tomcat refuses parameters that it can't decode; the page that says so has a language all the same.
            return Optional.empty();
        }
    }

    private static PublicLanguage asked(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) {
            return PublicLanguage.ENGLISH;
        }
        return Collections.list(request.getLocales()).stream()
                .flatMap(locale -> PublicLanguage.of(locale.getLanguage()).stream())
                .findFirst()
                .orElse(PublicLanguage.ENGLISH);
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return of(request).current().locale();
    }

    /** The next page's address says it; nothing is remembered here. */
    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("The language of a page is chosen by its address");
    }
}
