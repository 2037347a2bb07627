package org.postbag.receiving.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.CleanText;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.ContactForm.Answer;
import org.postbag.receiving.Question;
import org.postbag.receiving.Topics;
import org.postbag.staff.PageError;

/**
 * What was answered to the form's questions, and what must be put right.
 *
 * @param all in the order of the questions; those about other topics too, if someone answered them before they chose another: nothing that was typed is lost
 */
record Answers(List<Answer> all, List<PageError> errors) {

    /** No stricter than a person can be expected to know: that it looks like one. */
    private static final Pattern POSTCODE =
            Pattern.compile("(?i)\\s*[A-Z]{1,4}[0-9][0-9A-Z]?\\s*[0-9][A-Z]{2}\\s*|\\s*[A-Z]{4}\\s*1ZZ\\s*");

    /** With the months in any language of the form: people don't always write in that of the page. */
    private static final List<DateTimeFormatter> DATES = Stream.of("d/M/uuuu", "d MMM uuuu", "d MMMM uuuu", "uuuu/M/d")
            .flatMap(pattern -> Arrays.stream(PublicLanguage.values()).map(language -> days(pattern, language)))
            .toList();

    private static final String TOO_LONG = "error.answer.too-long";

    private static DateTimeFormatter days(String pattern, PublicLanguage language) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(language.locale())
                .withResolverStyle(ResolverStyle.STRICT);
    }

    Answers {
        all = List.copyOf(all);
        errors = List.copyOf(errors);
    }

    /**
     * @param prefix of the names of answers where errors name them
     * @param phrases in which errors are told
     * @param given what was answered to a question, by its id; empty for nothing
     */
    static Answers of(Topics topics, String topic, String prefix, Phrases phrases, UnaryOperator<String> given) {
        var all = new ArrayList<Answer>();
        var errors = new ArrayList<PageError>();
        for (var one : topics.all()) {
            for (var question : one.questions()) {
                var answer = new Answer(question.id(), question.text(), given.apply(question.id()), question.claim());
                if (!answer.text().isEmpty()) {
                    all.add(answer);
                }
                if (one.name().equals(topic)) {
                    var key = wrong(question, answer.text());
                    if (key != null) {
                        errors.add(new PageError(prefix + question.id(), text(key, question, phrases)));
                    }
                }
            }
        }
        return new Answers(all, errors);
    }

    private static String text(String key, Question question, Phrases phrases) {
        return key.equals(TOO_LONG)
                ? phrases.say(key, ContactForm.ANSWER_LENGTH_MAX)
                : phrases.say(key, question.in(phrases.language().code()).text());
    }

    /** The key of what is wrong with an answer, or null. */
    private static @Nullable String wrong(Question question, String text) {
        if (text.isEmpty()) {
            return question.required() ? "error.answer.missing" : null;
        }
        if (CleanText.length(text) > ContactForm.ANSWER_LENGTH_MAX) {
            return TOO_LONG;
        }
        return switch (question.kind()) {
            case TEXT -> null;
            case CHOICE -> question.options().contains(text) ? null : "error.answer.choice";
            case DATE -> isDay(text) ? null : "error.answer.date";
            case POSTCODE -> POSTCODE.matcher(text).matches() ? null : "error.answer.postcode";
        };
    }

    private static boolean isDay(String typed) {
        var text = typed.strip().replaceAll("\\s*[-/.]\\s*", "/");
        return DATES.stream().anyMatch(format -> {
            try {
                LocalDate.parse(text, format);
                return true;
            } catch (DateTimeException another) {
                return false;
            }
        });
    }
}
