package org.postbag.receiving;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.HandNote.Kind;
import org.postbag.receiving.HandNote.Parsed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The by-hand channel's raw item: one JSON object with the note's fields. Empty fields are left out. */
final class HandNoteJson {

    private static final List<String> TEXTS = List.of(
            "key", "kind", "name", "telephone", "email", "place", "topic", "asked", "answered", "at", "recordedBy");

    private HandNoteJson() {}

    static byte[] write(HandNote note) {
        var root = Json.MAPPER.createObjectNode();
        root.put("key", note.key());
        root.put("kind", note.kind().code());
        putIfThere(root, "name", note.name());
        putIfThere(root, "telephone", note.telephone());
        putIfThere(root, "email", note.email());
        putIfThere(root, "place", note.place());
        putIfThere(root, "topic", note.topic());
        root.put("asked", note.asked());
        putIfThere(root, "answered", note.answered());
        if (note.closed()) {
            root.put("closed", true);
        }
        if (note.at() != null) {
            root.put("at", note.at().toString());
        }
        if (note.contactId() != null) {
            root.put("contactId", note.contactId());
        }
        root.put("recordedBy", note.recordedBy());
        return Json.MAPPER.writeValueAsBytes(root);
    }

    static Parsed parse(byte[] json) {
        if (json.length == 0) {
            return new Parsed.Malformed("empty", "The note is empty");
        }
        try {
            var root = Json.MAPPER.readTree(json);
            return root.isObject()
                    ? fields(root)
                    : new Parsed.Malformed("wrong-shape", "The note is JSON, but not an object with fields");
        } catch (JacksonException notJson) {
            return new Parsed.Malformed("not-json", "The note is not JSON, or was cut off");
        }
    }

    private static Parsed fields(JsonNode root) {
        for (var field : TEXTS) {
            if (isThere(root.path(field)) && !root.path(field).isString()) {
                return new Parsed.Malformed("wrong-type", "The note's field “" + field + "” is not a text");
            }
        }
        var closed = root.path("closed");
        if (isThere(closed) && !closed.isBoolean()) {
            return new Parsed.Malformed("wrong-type", "The note's field “closed” is not true or false");
        }
        var contactId = root.path("contactId");
        if (isThere(contactId) && !contactId.canConvertToLong()) {
            return new Parsed.Malformed("wrong-type", "The note's field “contactId” is not a whole number");
        }
        var at = at(text(root, "at"));
        var note = new HandNote(
                text(root, "key"),
                Kind.of(text(root, "kind")).orElse(Kind.OTHER),
                text(root, "name"),
                text(root, "telephone"),
                text(root, "email"),
                text(root, "place"),
                text(root, "topic"),
                text(root, "asked"),
                text(root, "answered"),
                isThere(closed) && closed.booleanValue(),
                at,
                isThere(contactId) ? contactId.longValue() : null,
                text(root, "recordedBy"));
        return new Parsed.Note(note, at == null && !text(root, "at").isEmpty());
    }

    private static @Nullable Instant at(String written) {
        try {
            return written.isEmpty() ? null : Instant.parse(written);
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    private static boolean isThere(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    private static String text(JsonNode root, String field) {
        return root.path(field).stringValue("");
    }

    private static void putIfThere(ObjectNode root, String field, String value) {
        if (!value.isEmpty()) {
            root.put(field, value);
        }
    }
}
