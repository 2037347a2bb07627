package org.postbag.staff;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/**
 * What is wrong with what was typed, for the summary on top of the page and beside the field. Pages put a list of these into the model as
 * {@code errors}; the layout then starts the title with "Error".
 *
 * @param field the id of the field, which the summary links to
 * @param text what is wrong and how to put it right
 */
public record PageError(String field, String text) {

    /** A page with what is wrong on it; refused (422) where anything is. */
    public static ModelAndView on(ModelAndView page, List<PageError> errors) {
        page.addObject("errors", errors);
        if (!errors.isEmpty()) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return page;
    }

    /** A page that is refused for this alone. */
    public ModelAndView on(ModelAndView page) {
        return on(page, List.of(this));
    }
}
