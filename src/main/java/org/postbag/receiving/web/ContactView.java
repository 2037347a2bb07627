package org.postbag.receiving.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.Topics;
import org.postbag.staff.PageError;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** What the contact page shows. */
@Component
class ContactView {

    static final String TEMPLATE = "receiving/contact";

    /** What the names of the fields of the form's questions begin with. */
    static final String ANSWER = "answer-";

    private static final int KILOBYTE = 1024;

    private final Body body;
    private final Topics topics;
    private final KeepingPeriods periods;
    private final Submissions submissions;

    ContactView(Body body, Topics topics, KeepingPeriods periods, Submissions submissions) {
        this.body = body;
        this.topics = topics;
        this.periods = periods;
        this.submissions = submissions;
    }

    /** A file that need not be chosen again. */
    record FileLine(String id, String name, String size) {}

    /** Why the form could not be taken in though nothing in it is wrong. */
    record Trouble(String heading, String text) {}

    /** What the end page shows, for as long as the browser's session. */
    record Sent(String reference, String receivedOn, String replyBy, boolean noReply) {}

    /** A page that nobody has filled in yet. */
    ModelAndView blank() {
        return new ModelAndView(TEMPLATE, model(submissions.blank(), List.of(), List.of()));
    }

    /** The page as it was sent, with everything still in it, and what is wrong. */
    ModelAndView again(Submission submission, @Nullable Trouble trouble, HttpStatus status) {
        var errors = new ArrayList<>(submission.errors());
        var kept = submissions.keep(submission, errors);
        var page = new ModelAndView(TEMPLATE, model(submission.form(), kept, errors), status);
        return trouble == null ? page : page.addObject("trouble", trouble);
    }

    /** The end page. */
    ModelAndView sent(Sent sent) {
        return new ModelAndView("receiving/sent", Map.of("sent", sent, "body", body, "keptFor", periods.forPublic()));
    }

    private Map<String, Object> model(ContactForm form, List<KeptFiles.Kept> kept, List<PageError> errors) {
        var wrong = new HashMap<String, String>();
        errors.forEach(error -> wrong.merge(error.field(), error.text(), (one, other) -> one + ". " + other));
        return Map.of(
                "asks",
                        topics.all().stream()
                                .anyMatch(topic -> !topic.questions().isEmpty()),
                "form", form,
                "errors", errors,
                "wrong", wrong,
                "kept", kept.stream().map(ContactView::line).toList(),
                "body", body,
                "topics", topics,
                "keptFor", periods.forPublic());
    }

    private static FileLine line(KeptFiles.Kept kept) {
        return new FileLine(kept.id(), kept.file().name(), size(kept.file().content().length));
    }

    private static String size(long bytes) {
        if (bytes < KILOBYTE) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        double kilobytes = bytes / (double) KILOBYTE;
        return kilobytes < KILOBYTE
                ? Math.round(kilobytes) + "KB"
                : String.format(Locale.UK, "%.1fMB", kilobytes / KILOBYTE);
    }
}
