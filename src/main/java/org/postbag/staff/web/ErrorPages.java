package org.postbag.staff.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.postbag.staff.OpenToPublic;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.access.SignedInStaff;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What is answered when a page is refused, missing or broken: what happened and what to do next. Staff get a page of theirs, the public one of the
 * public's, and the API a problem (RFC 9457).
 */
@Controller
@OpenToPublic
class ErrorPages implements ErrorController {

    /** What the API answers, which programs read: it isn't translated. */
    private static final Map<HttpStatus, String> PROBLEMS = Map.of(
            HttpStatus.UNAUTHORIZED,
            "This call needs a token that is known: send the header Authorization: Bearer TOKEN",
            HttpStatus.FORBIDDEN,
            "The roles behind this request don’t include this call. Nothing was changed",
            HttpStatus.METHOD_NOT_ALLOWED,
            "This call is made with another method: the header Allow says which",
            HttpStatus.NOT_ACCEPTABLE,
            "This call answers in application/json",
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "Send the body as application/json",
            HttpStatus.NOT_FOUND,
            "There is no such call; GET /api/openapi.json lists those there are");

    private static final String PROBLEM_UNCLEAR = "The request can’t be understood. Nothing was changed";
    private static final String PROBLEM_OURS =
            "Postbag could not do that. Nothing that was already taken in is lost. Try again in a minute";

    private final SignedInStaff signedIn;
    private final List<ErrorViewResolver> publicPages;
    private final StaffTexts texts;

    ErrorPages(SignedInStaff signedIn, List<ErrorViewResolver> publicPages, StaffTexts texts) {
        this.signedIn = signedIn;
        this.publicPages = publicPages;
        this.texts = texts;
    }

    @RequestMapping("/error")
    Object error(HttpServletRequest request) {
        var status = status(request);
        if (path(request).startsWith("/api/")) {
            return problem(status, path(request));
        }
        return signedIn.anyone().isPresent() ? page(status) : publicPage(request, status);
    }

    private ModelAndView publicPage(HttpServletRequest request, HttpStatus status) {
        return publicPages.stream()
                .map(pages -> pages.resolveErrorView(request, status, new HashMap<>()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> new ModelAndView(publicView(status), status));
    }

    private static String publicView(HttpStatus status) {
        return switch (status) {
            case FORBIDDEN, NOT_FOUND, CONTENT_TOO_LARGE -> "error/" + status.value();
            default -> status.is4xxClientError() ? "error/4xx" : "error";
        };
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String path) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail(status));
        problem.setInstance(UriComponentsBuilder.fromPath(path).build().toUri());
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static String detail(HttpStatus status) {
        return PROBLEMS.getOrDefault(status, status.is4xxClientError() ? PROBLEM_UNCLEAR : PROBLEM_OURS);
    }

    private ModelAndView page(HttpStatus status) {
        var page = new ModelAndView("staff/error", status);
        var what = what(status);
        page.addObject(
                "words",
                new Words(
                        texts.say("staff.error.title." + what),
                        texts.say("staff.error.happened." + what),
                        texts.say("staff.error.next." + what)));
        return page;
    }

    /** What the page says. */
    public record Words(String title, String happened, String next) {}

    private static String what(HttpStatus status) {
        return switch (status) {
            case FORBIDDEN -> "forbidden";
            case NOT_FOUND -> "missing";
            case METHOD_NOT_ALLOWED -> "other-method";
            case CONTENT_TOO_LARGE -> "too-large";
            default -> status.is4xxClientError() ? "unclear" : "broken";
        };
    }

    /** Without a status nothing went wrong: someone typed this page's own address. */
    private static HttpStatus status(HttpServletRequest request) {
        return switch (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE)) {
            case Integer code when HttpStatus.resolve(code) instanceof HttpStatus known -> known;
            case null -> HttpStatus.NOT_FOUND;
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    private static String path(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
                ? uri.substring(request.getContextPath().length())
                : "";
    }
}
