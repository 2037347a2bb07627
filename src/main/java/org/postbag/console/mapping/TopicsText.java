package org.postbag.console.mapping;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Question;
import org.postbag.receiving.Topics;

/** Writes the contact form's topics and questions as YAML. */
final class TopicsText {

    private static final int LINE_LENGTH_MAX = 140;

    private final StringBuilder text = new StringBuilder();

    private TopicsText() {}

    /** @param before what was written before: the comment on top of it stays, and all of it where it says the same already */
    static String write(List<Topics.Topic> topics, String before) {
        if (Topics.parse("before", before) instanceof Topics same && same.all().equals(topics)) {
            return before;
        }
        var written = new TopicsText();
        before.lines()
                .takeWhile(line -> line.startsWith("#"))
                .forEach(line -> written.text.append(line).append('\n'));
        written.text.append("topics:\n");
        topics.forEach(written::topic);
        return written.text.toString();
    }

    private void topic(Topics.Topic topic) {
        line("  - name: ", topic.name());
        line("    welsh-name: ", topic.welshName());
        if (!topic.questions().isEmpty()) {
            text.append("    questions:\n");
            topic.questions().forEach(this::question);
        }
    }

    private void question(Question question) {
        var welsh = question.welsh();
        line("      - id: ", question.id());
        line("        question: ", question.text());
        line("        welsh-question: ", welsh == null ? null : welsh.text());
        line("        hint: ", question.hint());
        line("        welsh-hint: ", welsh == null ? null : welsh.hint());
        if (question.kind() != Question.Kind.TEXT) {
            line("        kind: ", question.kind().name().toLowerCase(Locale.ROOT));
        }
        list("        options:", question.options());
        list("        welsh-options:", welsh == null ? List.of() : welsh.options());
        if (question.required()) {
            text.append("        required: true\n");
        }
        line("        claim: ", question.claim());
    }

    private void line(String before, @Nullable String value) {
        if (value != null) {
            text.append(before).append(YamlWords.scalar(value)).append('\n');
        }
    }

    private void list(String before, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        var line = before + " " + YamlWords.list(values);
        if (line.length() <= LINE_LENGTH_MAX) {
            text.append(line).append('\n');
        } else {
            text.append(before).append('\n');
            values.forEach(value ->
                    text.append("          - ").append(YamlWords.scalar(value)).append('\n'));
        }
    }
}
