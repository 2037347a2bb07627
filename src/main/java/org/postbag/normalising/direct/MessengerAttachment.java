package org.postbag.normalising.direct;

import static org.postbag.normalising.direct.Json.line;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
        for (var element : elements(payload)) {
            text.append("\n- ").append(joined("", line(element, "title"), line(element, "subtitle")));
        }
        return new MessengerAttachment(text.toString(), Optional.empty());
    }

    private static String title(JsonNode attachment, JsonNode payload) {
        for (var title : new String[] {line(attachment, "title"), line(payload, "title"), line(payload, "text")}) {
            if (!title.isEmpty()) {
                return title;
            }
        }
        return "";
    }

    /** The goods or cards that a template shows. */
    private static Iterable<JsonNode> elements(JsonNode payload) {
        var product = payload.path("product").path("elements");
        return product.isArray() ? product : payload.path("elements");
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
