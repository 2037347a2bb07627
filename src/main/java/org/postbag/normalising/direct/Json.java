package org.postbag.normalising.direct;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Unreadable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What platforms say in JSON, as clean values: a field that is missing, or of another type than one looks for, is an empty text. */
final class Json {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** All but line ends and tabs. */
    private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    private static final Pattern HALF_A_CHARACTER = Pattern.compile("\\p{Cs}");
    /** A time in milliseconds is above this, one in seconds below it (the year 5138). */
    private static final long SECONDS_MAX = 100_000_000_000L;

    private Json() {}

    /** What is read, or why it can't be. */
    sealed interface Parsed {
        record Root(JsonNode node) implements Parsed {}

        record Not(Unreadable unreadable) implements Parsed {}
    }

    static Parsed parse(byte[] content) {
        if (content.length == 0) {
            return new Parsed.Not(new Unreadable("empty", "The item is empty"));
        }
        try {
            var root = JSON.readTree(content);
            return root.isObject()
                    ? new Parsed.Root(root)
                    : new Parsed.Not(new Unreadable("wrong-shape", "The item is JSON, but not an object with fields"));
        } catch (JacksonException notJson) {
            return new Parsed.Not(new Unreadable("not-json", "The item is not JSON, or was cut off"));
        }
    }

    /** A text or number as text: lines end in \n, and there are no other control characters and no halves of characters. */
    static String text(JsonNode node) {
        var text = node.isString() || node.isNumber() ? node.asString("") : "";
        var lines =
                NOT_TEXT.matcher(text.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
        return HALF_A_CHARACTER.matcher(lines).replaceAll("\uFFFD").strip();
    }

    static String text(JsonNode node, String field) {
        return text(node.path(field));
    }

    /** On one line. */
    static String line(JsonNode node, String field) {
        return text(node, field).replaceAll("\\s+", " ");
    }

    static @Nullable String nullable(String text) {
        return text.isEmpty() ? null : text;
    }

    /** A time as a number of milliseconds or seconds since 1970, which may stand in quotation marks. */
    static @Nullable Instant moment(JsonNode node) {
        try {
            long number = Long.parseLong(text(node));
            return number < SECONDS_MAX ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        } catch (NumberFormatException none) {
            return null;
        }
    }

    /** The first element of the first of these lists that has one. */
    static Optional<JsonNode> first(JsonNode node, String... lists) {
        for (var list : lists) {
            var element = node.path(list).path(0);
            if (element.isObject()) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }
}
