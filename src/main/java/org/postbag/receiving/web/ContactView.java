package org.postbag.receiving.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.FormTopics;
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

    /** The field that says which topics a page shows. */
    static final String ASKED = "asked";

    private final FormTopics topics;
    private final KeepingPeriods periods;
    private final Submissions submissions;
    private final Phrasebook phrasebook;

    ContactView(FormTopics topics, KeepingPeriods periods, Submissions submissions, Phrasebook phrasebook) {
        this.topics = topics;
        this.periods = periods;
        this.submissions = submissions;
        this.phrasebook = phrasebook;
    }

    /** A file that need not be chosen again. */
    record FileLine(String id, String name, String size) {}

    /** Why the form could not be taken in though nothing in it is wrong. */
    enum Trouble {
        NOT_NOW("trouble.not-now"),
        TOO_MANY("trouble.too-many"),
        EXPIRED("trouble.expired");

        private final String key;

        Trouble(String key) {
            this.key = key;
        }
    }

    /** What the end page shows, for as long as the browser's session. */
    record Sent(String reference, LocalDate receivedOn, LocalDate replyBy, boolean noReply) {}

    /** A page that nobody has filled in yet. */
    ModelAndView blank(HttpServletRequest request) {
        return new ModelAndView(
                TEMPLATE, model(submissions.blank(), topics.now(), List.of(), List.of(), phrasebook.of(request)));
    }

    /** The page as it was sent, with everything still in it, and what is wrong. */
    ModelAndView again(HttpServletRequest request, Submission submission, HttpStatus status) {
        var phrases = phrasebook.of(request);
        var errors = new ArrayList<>(submission.errors());
        var kept = submissions.keep(submission, phrases, errors);
        return new ModelAndView(TEMPLATE, model(submission.form(), submission.topics(), kept, errors, phrases), status)
                .addObject("again", true);
    }

    /** @param values of the text that says what the trouble is */
    ModelAndView again(
            HttpServletRequest request, Submission submission, Trouble trouble, HttpStatus status, Object... values) {
        return again(request, submission, status)
                .addObject("trouble", phrasebook.of(request).say(trouble.key, values));
    }

    /** The end page. */
    ModelAndView sent(HttpServletRequest request, Sent sent) {
        return new ModelAndView(
                "receiving/sent",
                Map.of("sent", sent, "keptFor", phrasebook.of(request).period(periods.forPublicMonths())));
    }

    private Map<String, Object> model(
            ContactForm form, Topics shown, List<KeptFiles.Kept> kept, List<PageError> errors, Phrases phrases) {
        var wrong = new HashMap<String, String>();
        errors.forEach(error -> wrong.merge(error.field(), error.text(), (one, other) -> one + ". " + other));
        return Map.of(
                "asks",
                        shown.all().stream()
                                .anyMatch(topic -> !topic.questions().isEmpty()),
                "form", form,
                "errors", errors,
                "wrong", wrong,
                "kept", kept.stream().map(file -> line(file, phrases)).toList(),
                "topics", shown,
                "keptFor", phrases.period(periods.forPublicMonths()));
    }

    private static FileLine line(KeptFiles.Kept kept, Phrases phrases) {
        var file = kept.file();
        return new FileLine(kept.id(), file.name(), phrases.size(file.content().length));
    }
}
