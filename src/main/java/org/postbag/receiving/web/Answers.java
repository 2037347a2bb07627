package org.postbag.receiving.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    private static final List<DateTimeFormatter> DATES = Stream.of("d/M/uuuu", "d MMM uuuu", "d MMMM uuuu", "uuuu/M/d")
            .map(pattern -> new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern)
                    .toFormatter(Locale.UK)
                    .withResolverStyle(ResolverStyle.STRICT))
            .toList();

    Answers {
        all = List.copyOf(all);
        errors = List.copyOf(errors);
    }

    /**
     * @param prefix of the names of answers where errors name them
     * @param given what was answered to a question, by its id; empty for nothing
     */
    static Answers of(Topics topics, String topic, String prefix, UnaryOperator<String> given) {
        var all = new ArrayList<Answer>();
        var errors = new ArrayList<PageError>();
        for (var one : topics.all()) {
            for (var question : one.questions()) {
                var answer = new Answer(question.id(), question.text(), given.apply(question.id()), question.claim());
                if (!answer.text().isEmpty()) {
                    all.add(answer);
                }
                if (one.name().equals(topic)) {
                    check(question, answer.text(), prefix, errors);
                }
            }
        }
        return new Answers(all, errors);
    }

    private static void check(Question question, String text, String prefix, List<PageError> errors) {
        var field = prefix + question.id();
        if (text.isEmpty()) {
            if (question.required()) {
                errors.add(new PageError(field, "Answer the question ‘" + question.text() + "’"));
            }
        } else if (CleanText.length(text) > ContactForm.ANSWER_LENGTH_MAX) {
            errors.add(new PageError(
                    field,
                    String.format(
                            Locale.UK, "Your answer must be %,d characters or fewer", ContactForm.ANSWER_LENGTH_MAX)));
        } else {
            switch (question.kind()) {
                case TEXT -> {}
                case CHOICE -> {
                    if (!question.options().contains(text)) {
                        errors.add(new PageError(field, "Choose one of the answers to ‘" + question.text() + "’"));
                    }
                }
                case DATE -> {
                    if (!isDay(text)) {
                        errors.add(new PageError(field, "Enter a date like 27/3/2026"));
                    }
                }
                case POSTCODE -> {
                    if (!POSTCODE.matcher(text).matches()) {
                        errors.add(new PageError(field, "Enter a full UK postcode, like SA1 1AA"));
                    }
                }
            }
        }
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
