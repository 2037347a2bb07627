package org.postbag.console.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Question;
import org.postbag.receiving.Topics;
import org.postbag.receiving.Topics.Topic;

/** Changes to the contact form's topics, each giving the topics as they would be. Pure; whether they are right, reading what is written says. */
final class TopicsEdit {

    private static final int ID_LENGTH_MAX = 40;
    private static final String EACH_LINE = "\\R";

    private TopicsEdit() {}

    /** One place up or down; the same where there is no such place. */
    static <T> List<T> moved(List<T> all, int at, int by) {
        var moved = new ArrayList<>(all);
        int to = at + by;
        if (at < 0 || at >= moved.size() || to < 0 || to >= moved.size()) {
            return moved;
        }
        moved.add(to, moved.remove(at));
        return moved;
    }

    static <T> List<T> without(List<T> all, int at) {
        var left = new ArrayList<>(all);
        if (at >= 0 && at < left.size()) {
            left.remove(at);
        }
        return left;
    }

    /** Puts one in the place of another, or behind the last. */
    static <T> List<T> put(List<T> all, int at, T one) {
        var changed = new ArrayList<>(all);
        if (at >= 0 && at < changed.size()) {
            changed.set(at, one);
        } else {
            changed.add(one);
        }
        return changed;
    }

    /** A topic with the names that were typed and the questions that it has. */
    static Topic topic(Map<String, String> typed, @Nullable Topic before) {
        return new Topic(
                typed.getOrDefault("name", "").strip(),
                typedOrNull(typed, "welshName"),
                before == null ? List.of() : before.questions());
    }

    static Topic withQuestions(Topic topic, List<Question> questions) {
        return new Topic(topic.name(), topic.welshName(), questions);
    }

    /** A question as it was typed. @param taken the ids of all others */
    static Question question(Map<String, String> typed, Set<String> taken) {
        var text = typed.getOrDefault("question", "").strip();
        var id = typed.getOrDefault("questionId", "").strip();
        var kind = Arrays.stream(Question.Kind.values())
                .filter(one -> one.name().equalsIgnoreCase(typed.getOrDefault("kind", "")))
                .findFirst()
                .orElse(Question.Kind.TEXT);
        boolean choice = kind == Question.Kind.CHOICE;
        var welsh = typedOrNull(typed, "welshQuestion");
        var welshHint = typedOrNull(typed, "welshHint");
        var welshOptions = choice ? lines(typed, "welshOptions") : List.<String>of();
        return new Question(
                id.isEmpty() ? id(text, taken) : id,
                text,
                typedOrNull(typed, "hint"),
                kind,
                choice ? lines(typed, "options") : List.of(),
                typed.containsKey("required"),
                typedOrNull(typed, "claim"),
                welsh == null && welshHint == null && welshOptions.isEmpty()
                        ? null
                        : new Question.Said("cy", welsh == null ? "" : welsh, welshHint, welshOptions));
    }

    static Set<String> ids(List<Topic> topics) {
        return Set.copyOf(topics.stream()
                .flatMap(topic -> topic.questions().stream())
                .map(Question::id)
                .toList());
    }

    /** A name for programs, made of the question's words. */
    static String id(String text, Set<String> taken) {
        var words = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
        var id = words.isEmpty() ? "question" : words;
        if (id.length() > ID_LENGTH_MAX) {
            id = id.substring(0, ID_LENGTH_MAX).replaceAll("-+$", "");
        }
        var free = id;
        for (int n = 2; taken.contains(free); n++) {
            var number = "-" + n;
            free = id.substring(0, Math.min(id.length(), ID_LENGTH_MAX - number.length())) + number;
        }
        return free;
    }

    private static @Nullable String typedOrNull(Map<String, String> typed, String field) {
        var text = typed.getOrDefault(field, "").strip();
        return text.isEmpty() ? null : text;
    }

    private static List<String> lines(Map<String, String> typed, String field) {
        return Arrays.stream(typed.getOrDefault(field, "").split(EACH_LINE))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The topics of a text that was right when it was written; none of one that isn't. */
    static List<Topic> read(String text) {
        return Topics.parse("The topics", text) instanceof Topics topics ? topics.all() : List.of();
    }
}
