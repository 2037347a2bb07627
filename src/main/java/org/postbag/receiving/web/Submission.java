package org.postbag.receiving.web;

import java.util.List;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.Topics;
import org.postbag.staff.PageError;
import org.springframework.http.HttpStatus;

/**
 * A contact page that was sent.
 *
 * @param topics that it showed: those in force may be others by now
 * @param form with all its files: those kept from an earlier try, then those that came now
 * @param errors what must be put right before it may be taken in, in the language of the page
 * @param isChange whether it was sent only to change the page: its files, its questions or its language
 */
record Submission(
        FormKey key,
        ContactForm form,
        Topics topics,
        List<PageError> errors,
        Upload.Outcome outcome,
        boolean isChange) {

    Submission {
        errors = List.copyOf(errors);
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
