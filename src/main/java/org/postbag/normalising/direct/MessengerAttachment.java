package org.postbag.normalising.direct;

import static org.postbag.normalising.direct.Json.line;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What was sent along with a message, in words and as the link under which Facebook keeps it.
 *
 * @param location degrees north and east of a place that was sent
 */
record MessengerAttachment(String text, Optional<String> location) {

    private static final Map<String, String> KINDS = Map.of(
            "image", "Image",
            "video", "Video",
            "audio", "Sound",
            "file", "File",
            "location", "Place",
            "fallback", "Link",
            "template", "Card",
            "reel", "Reel",
            "ig_reel", "Reel",
            "story_mention", "Story");

    /** The fields of a card that are words for people. */
    private static final Set<String> WORDS = Set.of(
            "text", "title", "subtitle", "intro_message", "name", "summary", "value", "recipient_name", "order_number");

    private static final int DEPTH_MAX = 10;
    private static final int CARD_CHARACTERS_MAX = 20_000;

    static MessengerAttachment read(JsonNode attachment) {
        var payload = attachment.path("payload");
        var type = line(attachment, "type");
        var kind = payload.has("sticker_id") ? "Sticker" : KINDS.getOrDefault(type, "Attachment");
        var coordinates = payload.path("coordinates");
        if (coordinates.path("lat").isNumber() && coordinates.path("long").isNumber()) {
            var place = String.format(
                    Locale.ROOT,
                    "%.5f, %.5f",
                    coordinates.path("lat").doubleValue(0),
                    coordinates.path("long").doubleValue(0));
            return new MessengerAttachment(joined(kind, line(attachment, "title"), place), Optional.of(place));
        }
        var link = line(payload, "url");
        var text = new StringBuilder(
                joined(kind, title(attachment, payload), link.isEmpty() ? line(attachment, "url") : link));
        if (payload.has("template_type") || payload.has("product") || payload.has("elements")) {
            words(payload, text, 0);
        }
        return new MessengerAttachment(text.toString(), Optional.empty());
    }

    private static String title(JsonNode attachment, JsonNode payload) {
        for (var title : new String[] {line(attachment, "title"), line(payload, "title")}) {
            if (!title.isEmpty()) {
                return title;
            }
        }
        return "";
    }

    /** What a card shows of goods, buttons, passengers and the like, one a line. */
    private static void words(JsonNode node, StringBuilder text, int depth) {
        if (depth > DEPTH_MAX || text.length() > CARD_CHARACTERS_MAX) {
            return;
        }
        for (var field : node.properties()) {
            var value = field.getValue();
            if (value.isString()
                    && WORDS.contains(field.getKey())
                    && !line(node, field.getKey()).isEmpty()) {
                text.append("\n- ").append(line(node, field.getKey()));
            } else if (value.isObject()) {
                words(value, text, depth + 1);
            } else if (value.isArray()) {
                value.forEach(element -> words(element, text, depth + 1));
            }
        }
    }

    private static String joined(String kind, String title, String link) {
        var parts = new ArrayList<String>();
        for (var part : new String[] {title, link}) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        var what = String.join(" – ", parts);
        return kind.isEmpty() || what.isEmpty() ? kind + what : kind + ": " + what;
    }
}
