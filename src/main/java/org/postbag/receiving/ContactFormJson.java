package org.postbag.receiving;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.postbag.receiving.ContactForm.Answer;
import org.postbag.receiving.ContactForm.File;
import org.postbag.receiving.ContactForm.Parsed;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The web-form channel's raw item: one JSON object with the form's fields, files in base64. Empty fields are left out. */
final class ContactFormJson {

    private static final int TEXT_CHARACTERS_MAX = 64 * 1024 * 1024;
    private static final int DEPTH_MAX = 10;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(TEXT_CHARACTERS_MAX)
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .build())
            .build();

    private ContactFormJson() {}

    static byte[] write(ContactForm form) {
        var root = JSON.createObjectNode();
        root.put("key", form.key());
        putIfThere(root, "name", form.name());
        putIfThere(root, "email", form.email());
        putIfThere(root, "telephone", form.telephone());
        putIfThere(root, "postcode", form.postcode());
        putIfThere(root, "topic", form.topic());
        root.put("message", form.message());
        if (form.noReply()) {
            root.put("noReply", true);
        }
        if (!form.answers().isEmpty()) {
            var answers = root.putArray("answers");
            for (var answer : form.answers()) {
                var entry = answers.addObject()
                        .put("id", answer.id())
                        .put("question", answer.question())
                        .put("answer", answer.text());
                putIfThere(entry, "claim", answer.claim() == null ? "" : answer.claim());
            }
        }
        putIfThere(root, "trap", form.trap());
        putIfThere(root, "language", form.language());
        if (!form.files().isEmpty()) {
            var files = root.putArray("files");
            for (var file : form.files()) {
                files.addObject()
                        .put("name", file.name())
                        .put("type", file.type())
                        .put("content", file.content());
            }
        }
        return JSON.writeValueAsBytes(root);
    }

    static Parsed parse(byte[] json) {
        if (json.length == 0) {
            return new Parsed.Malformed("empty", "The form is empty");
        }
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException notJson) {
            return new Parsed.Malformed("not-json", "The form is not JSON, or was cut off");
        }
        if (!root.isObject()) {
            return new Parsed.Malformed("wrong-shape", "The form is JSON, but not an object with fields");
        }
        return fields(root);
    }

    private static Parsed fields(JsonNode root) {
        for (var field :
                List.of("key", "name", "email", "telephone", "postcode", "topic", "message", "trap", "language")) {
            if (!root.path(field).isMissingNode()
                    && !root.path(field).isString()
                    && !root.path(field).isNull()) {
                return new Parsed.Malformed("wrong-type", "The form's field “" + field + "” is not a text");
            }
        }
        var noReply = root.path("noReply");
        if (!noReply.isMissingNode() && !noReply.isNull() && !noReply.isBoolean()) {
            return new Parsed.Malformed("wrong-type", "The form's field “noReply” is not true or false");
        }
        var answers = new ArrayList<Answer>();
        var answered = root.path("answers");
        if (!answered.isMissingNode() && !answered.isNull() && !answered.isArray()) {
            return new Parsed.Malformed("wrong-type", "The form's field “answers” is not a list");
        }
        for (var entry : answered) {
            if (!entry.path("question").isString() || !entry.path("answer").isString()) {
                return new Parsed.Malformed("wrong-type", "One of the form's answers has no question or no text");
            }
            var claim = text(entry, "claim");
            answers.add(new Answer(
                    text(entry, "id"), text(entry, "question"), text(entry, "answer"), claim.isEmpty() ? null : claim));
        }
        var files = new ArrayList<File>();
        var given = root.path("files");
        if (!given.isMissingNode() && !given.isNull() && !given.isArray()) {
            return new Parsed.Malformed("wrong-type", "The form's field “files” is not a list");
        }
        for (var entry : given) {
            var content = entry.path("content");
            if (!content.isString() || !entry.path("name").isString()) {
                return new Parsed.Malformed("wrong-type", "One of the form's files has no name or no content");
            }
            try {
                files.add(new File(
                        text(entry, "name"),
                        text(entry, "type"),
                        Base64.getDecoder().decode(content.stringValue())));
            } catch (IllegalArgumentException notBase64) {
                return new Parsed.Malformed("damaged-file", "One of the form's files is not in base64");
            }
        }
        return new Parsed.Form(new ContactForm(
                text(root, "key"),
                text(root, "name"),
                text(root, "email"),
                text(root, "telephone"),
                text(root, "postcode"),
                text(root, "topic"),
                text(root, "message"),
                noReply.isBoolean() && noReply.booleanValue(),
                files,
                answers,
                text(root, "trap"),
                text(root, "language")));
    }

    private static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isString() ? value.stringValue() : "";
    }

    private static void putIfThere(tools.jackson.databind.node.ObjectNode root, String field, String value) {
        if (!value.isEmpty()) {
            root.put(field, value);
        }
    }
}
