package org.postbag.staff.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.postbag.staff.OpenToPublic;
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

    private final SignedInStaff signedIn;
    private final List<ErrorViewResolver> publicPages;

    ErrorPages(SignedInStaff signedIn, List<ErrorViewResolver> publicPages) {
        this.signedIn = signedIn;
        this.publicPages = publicPages;
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
        return switch (status) {
            case UNAUTHORIZED -> "This call needs a token that is known: send the header Authorization: Bearer TOKEN";
            case FORBIDDEN -> "The roles behind this request don’t include this call. Nothing was changed";
            case NOT_FOUND -> "There is no such call; GET /api/openapi.json lists those there are";
            case METHOD_NOT_ALLOWED -> "This call is made with another method: the header Allow says which";
            case NOT_ACCEPTABLE -> "This call answers in application/json";
            case UNSUPPORTED_MEDIA_TYPE -> "Send the body as application/json";
            default ->
                status.is4xxClientError()
                        ? "The request can’t be understood. Nothing was changed"
                        : "Postbag could not do that. Nothing that was already taken in is lost. Try again in a minute";
        };
    }

    private static ModelAndView page(HttpStatus status) {
        var page = new ModelAndView("staff/error", status);
        page.addObject("words", Words.of(status));
        return page;
    }

    /** What the page says. */
    public record Words(String title, String happened, String next) {

        static Words of(HttpStatus status) {
            return switch (status) {
                case FORBIDDEN ->
                    new Words(
                            "You can’t open this page",
                            "Your role does not include it, or the page you sent was too old. Nothing was changed.",
                            "If you need it for your work, ask an administrator to change your role. Otherwise go back, load the page again and try once more.");
                case NOT_FOUND ->
                    new Words(
                            "Page not found",
                            "There is nothing at this address. It may have been typed wrongly, or what it showed was erased because its time was over.",
                            "Check the address, or start from the first page.");
                case METHOD_NOT_ALLOWED ->
                    new Words(
                            "That can’t be done here",
                            "This address does not take what was sent. Nothing was changed.",
                            "Start from the first page.");
                case CONTENT_TOO_LARGE ->
                    new Words(
                            "What you sent is too large",
                            "Nothing of it was kept.",
                            "Go back and send fewer or smaller files.");
                default ->
                    status.is4xxClientError()
                            ? new Words(
                                    "That request can’t be understood",
                                    "Something in what was sent is not as expected. Nothing was changed.",
                                    "Go back and try again.")
                            : new Words(
                                    "Something went wrong",
                                    "Postbag could not do that. Nothing that was already taken in is lost.",
                                    "Go back and try again in a minute. If it happens again, tell your administrator when it happened.");
            };
        }
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
