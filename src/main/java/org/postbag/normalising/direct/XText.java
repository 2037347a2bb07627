package org.postbag.normalising.direct;

import static org.postbag.normalising.direct.Json.line;
import static org.postbag.normalising.direct.Json.text;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postbag.normalising.Attachment;
import tools.jackson.databind.JsonNode;

/** The words of a message of X, and what hangs on it: in the text X shortens every link, and says beside it where it leads. */
final class XText {

    private static final Pattern SHORTENED = Pattern.compile("https?://t\\.co/[A-Za-z0-9]{1,30}");
    private static final Map<String, String> ESCAPED = Map.of("&amp;", "&", "&lt;", "<", "&gt;", ">");
    private static final Pattern ESCAPES = Pattern.compile("&(amp|lt|gt);");
    private static final Pattern TYPE = Pattern.compile("[a-z]{1,20}/[a-z0-9.+-]{1,60}");

    private XText() {}

    /** The text with its links as they lead; a link to what is attached is left out, since that is listed by itself. */
    static String expanded(JsonNode holder, String field) {
        var links = new HashMap<String, String>();
        for (var url : holder.path("entities").path("urls")) {
            links.put(line(url, "url"), line(url, "expanded_url"));
        }
        for (var media : holder.path("entities").path("media")) {
            links.put(line(media, "url"), "");
        }
        links.put(line(holder.path("attachment").path("media"), "url"), "");
        // One pass each, so that what one replaces is not replaced again.
        var text = ESCAPES.matcher(text(holder, field))
                .replaceAll(found -> Matcher.quoteReplacement(ESCAPED.getOrDefault(found.group(), found.group())));
        return SHORTENED
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(links.getOrDefault(found.group(), found.group())))
                .strip();
    }

    /** What a picture or film is, in words, with its link. */
    static Optional<String> media(JsonNode media) {
        var link = line(media, "media_url_https");
        var url = link.isEmpty() ? line(media, "url") : link;
        var preview = url.isEmpty() ? line(media, "preview_image_url") : url;
        if (!media.isObject() || preview.isEmpty()) {
            return Optional.empty();
        }
        var kind = switch (text(media, "type")) {
            case "photo" -> "Image";
            case "video" -> "Video";
            case "animated_gif" -> "Moving image";
            default -> "Attachment";
        };
        var described = line(media, media.has("ext_alt_text") ? "ext_alt_text" : "alt_text");
        return Optional.of(kind + ": " + (described.isEmpty() ? "" : described + " – ") + preview);
    }

    static String place(JsonNode location) {
        var name = line(location.path("shared_place").path("place"), "full_name");
        var coordinates = location.path("shared_coordinate").path("coordinates").path("coordinates");
        if (coordinates.path(0).isNumber() && coordinates.path(1).isNumber()) {
            // GeoJSON (RFC 7946): east before north.
            return String.format(
                    Locale.ROOT,
                    "Place: %.5f, %.5f",
                    coordinates.path(1).doubleValue(0),
                    coordinates.path(0).doubleValue(0));
        }
        return name.isEmpty() ? "" : "Place: " + name;
    }

    /** What was fetched when the item came in, and what could not be. */
    record Files(List<Attachment> attachments, List<String> damaged) {}

    static Files files(JsonNode root) {
        var attachments = new ArrayList<Attachment>();
        var damaged = new ArrayList<String>();
        for (var file : root.path("postbag:media")) {
            var problem = line(file, "problem");
            if (!problem.isEmpty()) {
                damaged.add("A picture or film was not fetched from X: " + problem);
                continue;
            }
            try {
                var type = text(file, "type");
                attachments.add(new Attachment(
                        "media-" + (attachments.size() + 1) + ending(type),
                        TYPE.matcher(type).matches() ? type : "application/octet-stream",
                        Base64.getDecoder().decode(text(file, "content"))));
            } catch (IllegalArgumentException notBase64) {
                damaged.add("A picture or film that was fetched from X is damaged");
            }
        }
        return new Files(attachments, damaged);
    }

    private static String ending(String type) {
        return switch (type) {
            case "image/jpeg" -> ".jpg";
            case "image/png" -> ".png";
            case "image/gif" -> ".gif";
            case "image/webp" -> ".webp";
            case "video/mp4" -> ".mp4";
            default -> "";
        };
    }
}
