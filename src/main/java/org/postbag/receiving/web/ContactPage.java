package org.postbag.receiving.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.web.ContactView.Sent;
import org.postbag.receiving.web.ContactView.Trouble;
import org.postbag.receiving.web.FormIntake.Taking;
import org.postbag.staff.OpenToPublic;
import org.postbag.staff.WorkingDays;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** The public contact form. Works without JavaScript; whatever goes wrong, what was typed and chosen stays on the page. */
@Controller
@OpenToPublic
class ContactPage {

    private static final ZoneId ZONE = ZoneId.of("Europe/London");
    private static final String SENT = "sent";
    private static final String KEPT_BY_BROWSER = "private, max-age=0, must-revalidate";

    private final ContactView view;
    private final Submissions submissions;
    private final FormIntake intake;
    private final VisitorLanguage visitors;
    private final Body body;

    ContactPage(ContactView view, Submissions submissions, FormIntake intake, VisitorLanguage visitors, Body body) {
        this.view = view;
        this.submissions = submissions;
        this.intake = intake;
        this.visitors = visitors;
        this.body = body;
    }

    /**
     * The browser may keep the page for its back button: whoever goes back and sends it again then sends the key that it had, and is answered by the same
     * reference. (Where the browser fetches it anew all the same, {@code public.js} brings the key back.)
     */
    @GetMapping("/contact")
    ModelAndView form(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, KEPT_BY_BROWSER);
        return view.blank(request);
    }

    @PostMapping("/contact")
    ModelAndView send(HttpServletRequest request, HttpServletResponse response) {
        var submission = submissions.read(request);
        if (submission.isChange() || !submission.errors().isEmpty()) {
            var status = submission.errors().isEmpty() ? HttpStatus.OK : submission.statusOfErrors();
            return view.again(request, submission, status);
        }
        return switch (intake.take(submission.form(), request.getRemoteAddr())) {
            case Taking.Taken(var receipt) -> {
                request.getSession()
                        .setAttribute(SENT, sent(receipt, submission.form().noReply()));
                yield seeOther(request, "/contact/sent");
            }
            case Taking.NotNow _ -> view.again(request, submission, Trouble.NOT_NOW, HttpStatus.SERVICE_UNAVAILABLE);
            case Taking.TooMany(var pause) -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(pause.toSeconds() + 1));
                yield view.again(
                        request, submission, Trouble.TOO_MANY, HttpStatus.TOO_MANY_REQUESTS, pause.toMinutes() + 1);
            }
        };
    }

    private Sent sent(Receipt receipt, boolean noReply) {
        var day = LocalDate.ofInstant(receipt.receivedAt(), ZONE);
        var replyBy = WorkingDays.after(day, body.replyWorkingDays());
        return new Sent(receipt.reference().value(), day, replyBy, noReply);
    }

    @GetMapping("/contact/sent")
    ModelAndView sent(
            HttpServletRequest request, @SessionAttribute(name = SENT, required = false) @Nullable Sent sent) {
        return sent == null ? seeOther(request, "/contact") : view.sent(request, sent);
    }

    private ModelAndView seeOther(HttpServletRequest request, String path) {
        var redirect = new RedirectView(visitors.of(request).link(path));
        redirect.setStatusCode(HttpStatus.SEE_OTHER);
        return new ModelAndView(redirect);
    }
}
