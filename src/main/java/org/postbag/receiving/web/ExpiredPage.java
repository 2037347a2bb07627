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
 * A contact page that comes without its cookie is refused: the browser was closed in between, or takes no cookies. Nobody should lose a long letter by that:
 * the page comes back with everything still in it and a new token, to be sent once more.
 */
@Component
class ExpiredPage implements ErrorViewResolver, Ordered {

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
        return view.again(request, submissions.read(request), Trouble.EXPIRED, status);
    }

    /** Before the resolver that finds error pages by their status. */
    @Override
    public int getOrder() {
        return 0;
    }
}
