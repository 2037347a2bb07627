package org.postbag.staff.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.PageError;
import org.springframework.stereotype.Component;

/** Finds what is wrong with one field among all that is wrong, for templates. */
@Component("pageErrors")
public class PageErrors {

    PageErrors() {}

    /** The text to show at a field, or null. */
    public @Nullable String of(@Nullable List<PageError> errors, String field) {
        return errors == null
                ? null
                : errors.stream()
                        .filter(error -> error.field().equals(field))
                        .map(PageError::text)
                        .findFirst()
                        .orElse(null);
    }
}
