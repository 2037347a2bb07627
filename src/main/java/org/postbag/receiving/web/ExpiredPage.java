package org.postbag.receiving.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.web.ContactView.Trouble;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * A contact page that was open for longer than the browser's session is refused, since its CSRF token is no longer known. Nobody should lose a long letter
 * by that: the page comes back with everything still in it and a new token, to be sent once more.
 */
@Component
class ExpiredPage implements ErrorViewResolver, Ordered {

    private static final Trouble EXPIRED = new Trouble(
            "Your message has not been sent yet",
            "This page had been open for a long time, or your browser does not accept our cookie. What you typed and the"
                    + " files you chose are still here. Select ‘Send message’ once more.");

    private final ContactView view;
    private final Submissions submissions;

    ExpiredPage(ContactView view, Submissions submissions) {
        this.view = view;
        this.submissions = submissions;
    }

    @Override
    public @Nullable ModelAndView resolveErrorView(
            HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        var path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (status != HttpStatus.FORBIDDEN || !(request.getContextPath() + "/contact").equals(path)) {
            return null;
        }
        return view.again(submissions.read(request), EXPIRED, status);
    }

    /** Before the resolver that finds error pages by their status. */
    @Override
    public int getOrder() {
        return 0;
    }
}
