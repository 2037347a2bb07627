package org.postbag.receiving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that the contact form asks about a topic.
 *
 * @param id what its answer is called; unique among all questions of the form
 * @param options what is chosen from; empty unless {@code kind} is {@link Kind#CHOICE}
 * @param claim what the answer says about the one who writes, by the codes of claims (such as {@code postcode}); null where it says nothing about them
 */
public record Question(
        String id,
        String text,
        @Nullable String hint,
        Kind kind,
        List<String> options,
        boolean required,
        @Nullable String claim) {

    public Question {
        options = List.copyOf(options);
    }

    /** How it is answered. */
    public enum Kind {
        TEXT,
        CHOICE,
        DATE,
        POSTCODE
    }
}
