package org.postbag.search.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.postbag.enquiries.WorkStatus;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.retention.Category;
import org.postbag.search.language.Words;

/** How the last word of a search may go on in the language of searching: {@code cha} as {@code channel:}, {@code channel:l} as {@code channel:letter}. */
final class WordCompletions {

    private static final int FIELD_LENGTH_MIN = 2;

    private static final Map<String, List<String>> VALUES = Map.of(
            "channel", Arrays.stream(Channel.values()).map(Channel::code).toList(),
            "direction", Arrays.stream(Direction.values()).map(Direction::code).toList(),
            "category", Category.ofContacts().stream().map(Category::code).toList(),
            "status", Arrays.stream(WorkStatus.values()).map(WorkStatus::code).toList(),
            "assigned", List.of("me", "nobody"),
            "is", List.of("automatic", "closed", "open", "unread", "urgent"),
            "has", List.of("file"));

    private WordCompletions() {}

    /** The whole of what is typed, completed; nothing within quotes, where words mean themselves. */
    static List<String> of(String typed, int limit) {
        int start = typed.lastIndexOf(' ') + 1;
        if (typed.chars().filter(c -> c == '"').count() % 2 == 1) {
            return List.of();
        }
        var before = typed.substring(0, start);
        var last = typed.substring(start).toLowerCase(Locale.ROOT);
        var sign = last.startsWith("-") ? "-" : "";
        return completed(last.substring(sign.length()))
                .limit(limit)
                .map(word -> before + sign + word)
                .toList();
    }

    private static Stream<String> completed(String word) {
        int colon = word.indexOf(':');
        if (colon < 0) {
            return word.length() < FIELD_LENGTH_MIN
                    ? Stream.of()
                    : Words.fields().stream()
                            .filter(field -> field.startsWith(word))
                            .map(field -> field + ":");
        }
        var field = word.substring(0, colon);
        var begun = word.substring(colon + 1);
        return VALUES.getOrDefault(field, List.of()).stream()
                .filter(value -> value.startsWith(begun) && !value.equals(begun))
                .map(value -> field + ":" + value);
    }
}
