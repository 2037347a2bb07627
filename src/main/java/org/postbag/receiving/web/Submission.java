package org.postbag.receiving.web;

import java.util.List;
import org.postbag.receiving.ContactForm;
import org.postbag.staff.PageError;
import org.springframework.http.HttpStatus;

/**
 * A contact page that was sent.
 *
 * @param form with all its files: those kept from an earlier try, then those that came now
 * @param fileErrors files that could not be taken
 * @param answerErrors answers to the form's questions that must be put right
 * @param isChange whether it was sent only to change the page: to remove one of its files, or to show the questions about a topic
 */
record Submission(
        FormKey key,
        ContactForm form,
        List<PageError> fileErrors,
        List<PageError> answerErrors,
        Upload.Outcome outcome,
        boolean isChange) {

    /** What must be put right before it may be taken in. */
    List<PageError> errors() {
        var errors = new java.util.ArrayList<PageError>();
        if (outcome == Upload.Outcome.BROKEN) {
            errors.add(
                    new PageError("message", "Not all of the page reached us. Check what is here, and send it again"));
        }
        if (!isChange) {
            errors.addAll(answerErrors);
            errors.addAll(FormCheck.check(form));
        }
        errors.addAll(fileErrors);
        return errors;
    }

    HttpStatus statusOfErrors() {
        return switch (outcome) {
            case WHOLE -> HttpStatus.UNPROCESSABLE_CONTENT;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case BUSY -> HttpStatus.SERVICE_UNAVAILABLE;
            case BROKEN -> HttpStatus.BAD_REQUEST;
        };
    }
}
