package org.postbag.receiving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that the contact form asks about a topic.
 *
 * @param id what its answer is called; unique among all questions of the form
 * @param options what is chosen from; empty unless {@code kind} is {@link Kind#CHOICE}
 * @param claim what the answer says about the one who writes, by the codes of claims (such as {@code postcode}); null where it says nothing about them
 * @param welsh the same in Welsh, or null where the Welsh page asks in English
 */
public record Question(
        String id,
        String text,
        @Nullable String hint,
        Kind kind,
        List<String> options,
        boolean required,
        @Nullable String claim,
        @Nullable Said welsh) {

    public Question {
        options = List.copyOf(options);
    }

    /** A question that is asked in English alone. */
    public Question(
            String id,
            String text,
            @Nullable String hint,
            Kind kind,
            List<String> options,
            boolean required,
            @Nullable String claim) {
        this(id, text, hint, kind, options, required, claim, null);
    }

    /**
     * The words of the question in one language.
     *
     * @param language by ISO 639-1
     * @param options in the order of the question's own, which are what is stored
     */
    public record Said(
            String language, String text, @Nullable String hint, List<String> options) {

        public Said {
            options = List.copyOf(options);
        }
    }

    /** How it is asked on a page in a language: in English where it isn't written in that. */
    public Said in(String language) {
        return welsh != null && welsh.language().equals(language)
                ? welsh
                : new Said(Topics.ENGLISH, text, hint, options);
    }

    /** How it is answered. */
    public enum Kind {
        TEXT,
        CHOICE,
        DATE,
        POSTCODE
    }
}
