package org.postbag.receiving.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postbag.receiving.ContactForm.File;

/**
 * What a contact page sent, as far as it could be taken in: even of a request that is far too large or was cut off, what was typed is here.
 *
 * @param files within the limits
 * @param refused which others were left out, and why
 */
record Upload(Map<String, List<String>> fields, List<File> files, List<Refused> refused, Outcome outcome) {

    private static final String ATTRIBUTE = Upload.class.getName();

    enum Outcome {
        WHOLE,
        /** Files were left out since together they are too large. */
        TOO_LARGE,
        /** Files were left out since more of them come than can be kept. */
        BUSY,
        /** The request was cut off or is no form. */
        BROKEN
    }

    /** A file that was left out. */
    record Refused(String name, Why why) {}

    enum Why {
        /** More files come than can be kept. */
        BUSY("error.file.busy"),
        TOO_LARGE("error.file.too-large"),
        EMPTY("error.file.empty"),
        TOO_MANY("error.file.too-many");

        private final String key;

        Why(String key) {
            this.key = key;
        }

        /** The text that says it to the one who sent the file. */
        String key() {
            return key;
        }
    }

    Upload {
        fields = Map.copyOf(fields);
        files = List.copyOf(files);
        refused = List.copyOf(refused);
    }

    /** What a request brought: as {@link FormUploads} read it, else its ordinary parameters. */
    static Upload of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Upload upload) {
            return upload;
        }
        var fields = new HashMap<String, List<String>>();
        request.getParameterMap().forEach((name, values) -> fields.put(name, List.of(values)));
        return new Upload(fields, List.of(), List.of(), Outcome.WHOLE);
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The first value of a field, or the empty text. */
    String text(String field) {
        var values = fields.getOrDefault(field, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }
}
